# Huber's regression with the scale by proposal 2, its errors and Student's p: Rscript tests/ref/rlm.R > tests/ref/rlm.csv
# MASS's rlm and summary.rlm. The random tables of tests/topics/linreg-robust.bats are made here, in tests/ref/rlm-rows.csv.
suppressMessages(library(MASS))
version <- paste0("R ", getRversion(), " MASS ", packageVersion("MASS"))
put <- function(case, formula, data, k = 1.345, ...) {
    x <- model.matrix(formula, data)
    fit <- suppressWarnings(do.call(rlm, list(x, model.response(model.frame(formula, data)), scale.est = "proposal 2",
                                              k = k, k2 = k, maxit = 10000, acc = 1e-15, ...)))
    s <- suppressWarnings(summary(fit))$coefficients
    n <- if (identical(list(...)$wt.method, "case")) sum(fit$weights) else nrow(data)
    p <- 2 * pt(-abs(s[, 3]), n - nrow(s))
    cat(sprintf("%s,%s,%.17g,%.17g,%.17g,%.17g,%s\n", case, sub("Intercept", "intercept", rownames(s)), s[, 1], s[, 2], p,
                fit$s, version), sep = "")
}
cat("case,term,estimate,se,p,scale,made_by\n")
write.csv(mtcars, "tests/ref/mtcars.csv", row.names = FALSE, quote = FALSE)
put("cars", mpg ~ wt + hp, mtcars)
put("narrow", mpg ~ wt + hp, mtcars, k = 0.1)
put("wide", mpg ~ wt + hp, mtcars, k = 3)
put("through-0", mpg ~ wt + hp - 1, mtcars)
put("importances", mpg ~ wt + hp, mtcars, weights = mtcars$carb, wt.method = "inv.var")
put("frequencies", mpg ~ wt + hp, mtcars, weights = mtcars$carb, wt.method = "case")
noise <- data.frame(x = c(980.191, 1609.435, 4263.953, 4908.433, 5485.004, 6194.265, 6995.905, 7233.989, 7584.523),
                    y = c(-78.963, 227.826, -502.425, -109.711, -85.64, 194.003, -29.175, -24.662, 364.737))
put("noise", y ~ x, noise)
put("seven", y ~ x, data.frame(x = 1:7, y = c(1.2, 1.9, 3.4, 3.8, 5.6, 5.7, 9.5)))
# Random tables: columns and errors of any scale, heavy tails.
set.seed(20)
rows <- NULL
for (i in 1:40) {
    n <- sample(c(12, 30, 60), 1)
    x <- (matrix(rnorm(n * 2), n) + sample(c(0, 100), 1)) %*% diag(10^runif(2, -6, 6))
    y <- rnorm(1) + scale(x) %*% rnorm(2) + rt(n, 2) * 10^runif(1, -1, 1)
    d <- data.frame(case = i, a = signif(x[, 1], 7), b = signif(x[, 2], 7), y = signif(y, 7))
    put(i, y ~ a + b, d)
    rows <- rbind(rows, d)
}
write.csv(rows, "tests/ref/rlm-rows.csv", row.names = FALSE, quote = FALSE)
