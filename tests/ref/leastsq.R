# Reference values of least squares: Rscript tests/ref/leastsq.R > tests/ref/leastsq.csv
# R's lm (Householder QR); ridge regression by the normal equations of centred columns, solved by Cholesky's method.
# Columns that lm leaves out as aliased stand with empty numbers. rss, tss: sums of squares of the fit and of its null model.
iris <- read.csv("share/data/iris.csv")
cancer <- read.csv("share/data/breast-cancer.csv")
version <- paste("R", getRversion())
number <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
row <- function(case, target, term, estimate, se, t, p, lower, upper, rss, tss, loglik, aic)
    cat(paste(case, target, sub("(Intercept)", "(intercept)", term, fixed = TRUE), number(estimate), number(se), number(t),
              number(p), number(lower), number(upper), number(rss), number(tss), number(loglik), number(aic), version,
              sep = ","), sep = "\n")
put <- function(case, target, fit) {
    b <- coef(fit)
    s <- summary(fit)$coefficients[names(b)[!is.na(b)], , drop = FALSE]
    all <- matrix(NA, length(b), 4, dimnames = list(names(b), NULL))
    all[rownames(s), ] <- s
    ci <- confint(fit)
    y <- model.response(model.frame(fit))
    tss <- if (attr(terms(fit), "intercept") == 1) sum((y - mean(y))^2) else sum(y^2)
    row(case, target, names(b), all[, 1], all[, 2], all[, 3], all[, 4], ci[, 1], ci[, 2], sum(resid(fit)^2), tss,
        as.numeric(logLik(fit)), AIC(fit))
}
cat("case,target,term,estimate,se,t,p,lower,upper,rss,tss,loglik,aic,made_by\n")

put("iris", "petal_width", lm(petal_width ~ sepal_length + sepal_width + petal_length, iris))
put("no-intercept", "petal_width", lm(petal_width ~ 0 + sepal_length + sepal_width + petal_length, iris))
put("two", "petal_width", lm(petal_width ~ sepal_length + petal_length, iris))
put("two", "sepal_width", lm(sepal_width ~ sepal_length + petal_length, iris))
ten <- mean_radius ~ mean_texture + mean_perimeter + mean_area + mean_smoothness + mean_compactness + mean_concavity +
    mean_concave_points + mean_symmetry + mean_fractal_dimension
put("cancer", "mean_radius", lm(ten, cancer))
repeated <- iris[rep(seq_len(150), 1 + seq_len(150) %% 4), ]
put("weights", "petal_width", lm(petal_width ~ sepal_length + sepal_width + petal_length, repeated))
iris$twice <- 2 * iris$sepal_length
iris$one <- 1
iris$sum <- iris$sepal_width + iris$petal_length
put("aliased", "petal_width", lm(petal_width ~ sepal_length + twice + one + sepal_width + petal_length + sum, iris))

ridge <- function(case, formula, data, lambda, standardize) {
    frame <- model.frame(formula, data)
    x <- model.matrix(formula, frame)[, -1]
    y <- model.response(frame)
    n <- nrow(x)
    centred <- sweep(x, 2, colMeans(x))
    size <- if (standardize) colMeans(centred^2) else rep(1, ncol(x))
    factor <- chol(crossprod(centred) / n + lambda * diag(size))
    b <- backsolve(factor, forwardsolve(t(factor), crossprod(centred, y - mean(y)) / n))
    residual <- y - mean(y) - centred %*% b
    row(case, names(frame)[1], c("(Intercept)", colnames(x)), c(mean(y) - sum(colMeans(x) * b), b), NA, NA, NA, NA, NA,
        sum(residual^2), sum((y - mean(y))^2), NA, NA)
}
four <- petal_width ~ sepal_length + sepal_width + petal_length
ridge("ridge", four, iris, 0.1, FALSE)
ridge("ridge-standardized", four, iris, 0.1, TRUE)
