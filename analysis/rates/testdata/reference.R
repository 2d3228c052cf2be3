# Writes the reference values of reference.json. Run it in this folder, with
# R 4 and the Debian package r-cran-spdep (1.2-7):
#
#   Rscript reference.R > reference.json
#
# Rates and ratios are those of poisson.test in base R. Differences are those of Zou
# and Donner (2008, equation 4) from its intervals. Smoothed rates are those
# of EBest in spdep, on the sudden infant deaths in the counties of North
# Carolina, 1974 to 1978 and 1979 to 1984 (Cressie 1993, Statistics for Spatial
# Data, table 4.1; the data set nc.sids of spData).
suppressPackageStartupMessages({library(spData); library(spdep)})

n <- function(x) paste0("[", paste(ifelse(is.infinite(x), "null", sprintf("%.15g", x)), collapse = ", "), "]")

one <- list(c(0, 1), c(0, 2400), c(1, 12), c(3, 0.25), c(10, 2400), c(137, 24.19893), c(1000, 52000), c(250000, 1e6))
one <- sapply(one, function(a) {
  t <- poisson.test(a[1], a[2])
  n(c(a, a[1] / a[2], t$conf.int))
})

two <- list(c(11, 800, 23, 3011), c(31, 5100, 10, 2400), c(0, 1200, 7, 3400), c(7, 3400, 0, 1200), c(0, 10, 0, 20), c(420, 51000, 370, 52000), c(40000, 1e6, 39000, 1e6))
two <- sapply(two, function(a) {
  t <- if (a[1] + a[3] > 0) poisson.test(a[c(1, 3)], a[c(2, 4)])$conf.int else c(0, Inf)
  n(c(a, t))
})

differences <- list(c(11, 800, 23, 3011), c(31, 5100, 10, 2400), c(0, 1200, 7, 3400), c(7, 3400, 0, 1200), c(0, 10, 0, 20), c(420, 51000, 370, 52000), c(40000, 1e6, 39000, 1e6))
differences <- sapply(differences, function(a) {
  x <- poisson.test(a[1], a[2])
  y <- poisson.test(a[3], a[4])
  d <- a[1] / a[2] - a[3] / a[4]
  below <- sqrt((a[1] / a[2] - x$conf.int[1])^2 + (y$conf.int[2] - a[3] / a[4])^2)
  above <- sqrt((x$conf.int[2] - a[1] / a[2])^2 + (a[3] / a[4] - y$conf.int[1])^2)
  n(c(a, d, d - below, d + above))
})

filename <- system.file("shapes/sids.shp", package = "spData")
nc <- sf::st_drop_geometry(sf::st_read(filename, quiet = TRUE))
smoothed <- function(x, births) paste0(
  '{"counts": ', n(x), ',\n   "population": ', n(births), ',\n   "smoothed": ', n(EBest(x, births)$estmm), "}")

cat('{"rates": [\n  ', paste(one, collapse = ",\n  "), '],\n "ratios": [\n  ', paste(two, collapse = ",\n  "),
    '],\n "differences": [\n  ', paste(differences, collapse = ",\n  "), '],\n "smoothed": [\n  ', smoothed(nc$SID74, nc$BIR74), ",\n  ", smoothed(nc$SID79, nc$BIR79), "]}\n", sep = "")
