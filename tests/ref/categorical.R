# Makes categorical.csv: frequencies, standard errors (glm without data: the Fisher information), likelihoods (dmultinom without its
# coefficient) and entropies of iris' widths by species. Rscript tests/ref/categorical.R > tests/ref/categorical.csv
iris <- read.csv("share/data/iris.csv")
value <- function(x) trimws(formatC(x, digits = 17, format = "g"))
cat("group,n,levels,nll_nats,H_nats,H_se_nats,first,first_p,first_se,first_map,nll_map_nats,made_by\n")
for (group in unique(iris$species)) {
    x <- as.character(iris$petal_width[iris$species == group])
    counts <- table(factor(x, unique(x)))
    n <- sum(counts)
    p <- counts / n
    map <- (counts + 0.5) / (n + 0.5 * length(counts))
    entropy <- -sum(p * log(p))
    first <- glm((x == x[1]) ~ 1, family = binomial, control = glm.control(epsilon = 1e-15, maxit = 50))
    logit_se <- sqrt(vcov(first)[1, 1])
    cat(group, n, length(counts), value(-sum(counts * log(p))), value(entropy),
        value(sqrt((sum(p * log(p)^2) - entropy^2) / n)), names(counts)[1], value(p[[1]]),
        value(logit_se * p[[1]] * (1 - p[[1]])), value(map[[1]]), value(-sum(counts * log(map))),
        paste("R", getRversion()), sep = ",")
    cat("\n")
}
