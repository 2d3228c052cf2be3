# Writes the reference values of reference.json. Run it in this folder, with
# R 4 and no packages:
#
#   Rscript reference.R > reference.json
#
# The test is that of cor.test with Kendall's tau, corrected for continuity and
# for ties. Slopes are the median of those of all pairs, with the
# limits of Gilbert (1987, section 16.5.1), whose places are rounded outwards.
n <- function(x) paste0("[", paste(sprintf("%.15g", x), collapse = ", "), "]")

row <- function(name, source, x) {
  time <- seq_along(x)
  t <- cor.test(x, time, method = "kendall", exact = FALSE, continuity = TRUE)
  d <- outer(x, x, "-") / outer(time, time, "-")
  slopes <- sort(d[lower.tri(d)])
  ties <- as.numeric(table(x))
  k <- length(x)
  c <- qnorm(0.975) * sqrt((k * (k - 1) * (2 * k + 5) - sum(ties * (ties - 1) * (2 * ties + 5))) / 18)
  low <- slopes[max(1, floor((length(slopes) - c) / 2))]
  high <- slopes[min(length(slopes), ceiling((length(slopes) + c) / 2 + 1))]
  sprintf('  {"name": "%s", "source": "%s", "values": %s, "s": %d, "tau": %.15g, "z": %.15g, "p": %.15g, "slope": %.15g, "low": %.15g, "high": %.15g}',
          name, source, n(x), sum(sign(slopes)), t$estimate, t$statistic, t$p.value, median(slopes), low, high)
}

set.seed(1)
rows <- c(
  row("Nile", "annual flow at Aswan, 1871 to 1970, with ties; data set Nile of R", as.numeric(Nile)),
  row("LakeHuron", "annual level, 1875 to 1972, with ties; data set LakeHuron of R", as.numeric(LakeHuron)),
  row("discoveries", "great discoveries by year, 1860 to 1959, counts with many ties; data set discoveries of R", as.numeric(discoveries)),
  row("mostly zero", "24 months of which most have no pin", c(0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 3, 0, 1, 0, 2, 2, 0, 1, 4, 0)),
  row("falling", "12 months that fall, without ties", c(40, 37, 38, 31, 29, 30, 22, 24, 18, 13, 11, 9)),
  row("by hand", "example with one tie, J. Little, College of the Holy Cross: S 54, Z 2.9058",
      c(12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7)))
cat("[\n", paste(rows, collapse = ",\n"), "\n]\n", sep = "")
