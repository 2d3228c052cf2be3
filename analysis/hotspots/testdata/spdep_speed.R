# Prints how many seconds spdep takes for the input of BenchmarkGetisOrd, without starting R and reading the input:
#
#   Rscript spdep_speed.R INPUT PERMUTATIONS
#
# Each line of INPUT has the value of a cell and the numbers of its neighbours, from 1. With permutations it is
# localG_perm on all cores, which draws with replacement in spdep 1.2-7.
suppressPackageStartupMessages(library(spdep))
arguments <- commandArgs(trailingOnly = TRUE)
lines <- strsplit(readLines(arguments[1]), " ")
values <- as.numeric(sapply(lines, `[`, 1))
neighbours <- lapply(lines, function(l) as.integer(l[-1]))
class(neighbours) <- "nb"
weights <- nb2listw(include.self(neighbours), style = "B")
permutations <- as.integer(arguments[2])
invisible(set.coresOption(parallel::detectCores()))
invisible(set.mcOption(TRUE))
cat(system.time(
  if (permutations == 0) p.adjust(2 * pnorm(-abs(localG(values, weights))), "BH")
  else localG_perm(values, weights, nsim = permutations, iseed = 1)
)[["elapsed"]])
