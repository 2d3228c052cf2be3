# Writes spdep.json: what spdep computes on published data, with which
# spdep_test.go compares this package. To repeat it:
#
#   apt-get install r-cran-spdep    # Debian; R with the packages spdep and spData elsewhere
#   Rscript spdep.R > spdep.json
#
# Data, from the package spData:
#   columbus  crime in 49 neighbourhoods of Columbus, Ohio (Anselin 1988), contiguity by queen (col.gal.nb)
#   sids      sudden infant deaths 1974-78 in the 100 counties of North Carolina (Cressie and Read 1985; Cressie and
#             Chan 1989), neighbours of both papers. In ncCC89.nb two counties have no neighbours.
#   getisord  the raster of 256 cells of Getis and Ord 1996, neighbours within 30 metres and within 90
suppressPackageStartupMessages(library(spdep))
set.seed(1)

number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
numbers <- function(x) paste0("[", paste(number(as.numeric(x)), collapse = ","), "]")
field <- function(name, value) sprintf('      "%s": %s', name, value)
lists <- function(nb) {
  one <- function(i) {
    around <- nb[[i]]
    if (length(around) == 1 && around == 0) around <- integer()
    paste0("[", paste(setdiff(around, i) - 1, collapse = ","), "]")
  }
  paste0("[", paste(sapply(seq_along(nb), one), collapse = ","), "]")
}

# The two-sided permutation p of cell i. It is computed in R itself: localG_perm and localmoran_perm of spdep 1.2-7 draw
# with replacement (r-spatial/spdep#124), and rank ties in their middle.
permuted <- function(x, nb, i, n) {
  observed <- sum(x[nb[[i]]])
  drawn <- replicate(n, sum(sample(x[-i], card(nb)[i])))
  within <- 1e-9 * sum(x)
  min(1, 2 * (min(sum(drawn >= observed - within), sum(drawn <= observed + within)) + 1) / (n + 1))
}

case <- function(name, x, nb, permutations) {
  binary <- nb2listw(nb, style = "B", zero.policy = TRUE)
  rows <- nb2listw(nb, style = "W", zero.policy = TRUE)
  self <- include.self(nb)
  star <- as.numeric(localG(x, nb2listw(self, style = "B")))
  starRows <- as.numeric(localG(x, nb2listw(self, style = "W")))
  g <- as.numeric(localG(x, binary, zero.policy = TRUE))
  moran <- localmoran(x, rows, zero.policy = TRUE, conditional = TRUE, alternative = "two.sided")
  starP <- 2 * pnorm(abs(star), lower.tail = FALSE)
  none <- card(nb) == 0 # excluded from the family
  starQ <- p.adjust(ifelse(none, NA, starP), "BH")
  quadrant <- as.character(attr(moran, "quadr")$pysal)
  drawn <- if (permutations > 0) sapply(seq_along(x), function(i) permuted(x, nb, i, permutations)) else NULL
  paste0("    {\n", paste(c(
    field("name", sprintf('"%s"', name)),
    field("values", numbers(x)),
    field("neighbours", lists(nb)),
    field("gStar", numbers(star)),
    field("gStarOfRowStandardised", numbers(starRows)),
    field("gStarP", numbers(starP)),
    field("gStarQ", numbers(starQ)),
    field("g", numbers(g)),
    field("moran", numbers(moran[, "Ii"])),
    field("moranExpected", numbers(moran[, "E.Ii"])),
    field("moranZ", numbers(moran[, "Z.Ii"])),
    field("moranP", numbers(moran[, "Pr(z != E(Ii))"])),
    field("moranQ", numbers(p.adjust(ifelse(none, NA, moran[, "Pr(z != E(Ii))"]), "BH"))),
    field("quadrants", paste0("[", paste0('"', quadrant, '"', collapse = ","), "]")),
    field("permutations", permutations),
    field("permutationP", numbers(drawn))), collapse = ",\n"), "\n    }")
}

data(columbus, package = "spData")
data(nc.sids, package = "spData")
data(getisord, package = "spData")
rate <- 1000 * nc.sids$SID74 / nc.sids$BIR74
coordinates <- cbind(go_xyz$x, go_xyz$y)
cases <- c(
  case("columbus crime", columbus$CRIME, col.gal.nb, 9999),
  case("sids counts, neighbours of Cressie and Read", nc.sids$SID74, ncCR85.nb, 9999),
  case("sids rates, neighbours of Cressie and Chan", rate, ncCC89.nb, 0),
  case("getisord, 30 m", go_xyz$val, dnearneigh(coordinates, 0, 30), 0),
  case("getisord, 90 m", go_xyz$val, dnearneigh(coordinates, 0, 90), 0))
cat("{\n  \"made\": \"by spdep", as.character(packageVersion("spdep")), "and spData",
    as.character(packageVersion("spData")), "in", R.version.string, "\",\n  \"cases\": [\n")
cat(paste(cases, collapse = ",\n"), "\n  ]\n}\n")
