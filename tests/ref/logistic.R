# Reference values of logistic regression: Rscript tests/ref/logistic.R > tests/ref/logistic.csv
# R's glm (iteratively reweighted least squares on a QR factor) with a tolerance below rounding.
data <- read.csv("share/data/breast-cancer.csv")
iris <- read.csv("share/data/iris.csv")
version <- paste("R", getRversion())
control <- glm.control(epsilon = 1e-14, maxit = 100)
put <- function(case, fit) {
    s <- summary(fit)$coefficients
    term <- sub("Intercept", "intercept", rownames(s))
    cat(sprintf("%s,%s,%.17g,%.17g,%.17g,%.17g,%s\n", case, term, s[, 1], s[, 2],
                as.numeric(logLik(fit)), -fit$null.deviance / 2, version), sep = "")
}
cat("case,term,estimate,se,loglik,loglik_null,made_by\n")
five <- (diagnosis == "malignant") ~ mean_radius + mean_texture + mean_smoothness + mean_concavity + mean_symmetry
put("cancer", glm(five, binomial, data, control = control))
two <- iris[iris$species != "setosa", ]
put("iris", glm((species == "virginica") ~ sepal_length + sepal_width + petal_length + petal_width, binomial, two, control = control))
data$w <- 1 + (seq_len(nrow(data)) %% 4)
fit <- glm(five, binomial, data, weights = w, control = control)
s <- summary(fit)$coefficients
p <- fitted(fit); y <- data$diagnosis == "malignant"; m <- weighted.mean(y, data$w)
cat(sprintf("weights,%s,%.17g,%.17g,%.17g,%.17g,%s\n", sub("Intercept", "intercept", rownames(s)), s[, 1], s[, 2],
            sum(data$w * ifelse(y, log(p), log1p(-p))), sum(data$w * ifelse(y, log(m), log1p(-m))), version), sep = "")
