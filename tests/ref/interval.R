# Confidence intervals of predictions, by R's predict: Rscript tests/ref/interval.R > tests/ref/interval.csv
iris <- read.csv("share/data/iris.csv")
cancer <- read.csv("share/data/breast-cancer.csv")
put <- function(case, lower, upper)
    cat(sprintf("%s,%d,%.17g,%.17g,R %s\n", case, c(1, 150), lower[c(1, 150)], upper[c(1, 150)], getRversion()), sep = "")
cat("case,row,lower,upper,made_by\n")
for (target in c("petal_width", "sepal_width")) {
    p <- predict(lm(iris[[target]] ~ sepal_length + petal_length, iris), interval = "confidence", level = 0.9)
    put(target, p[, 2], p[, 3])
}
fit <- glm((diagnosis == "malignant") ~ mean_radius + mean_texture, binomial, cancer,
           control = glm.control(epsilon = 1e-14, maxit = 100))
# Once more from the optimum, so that the standard errors are those of the last coefficients.
fit <- update(fit, start = coef(fit))
p <- predict(fit, se.fit = TRUE)
put("logit", p$fit - qnorm(0.975) * p$se.fit, p$fit + qnorm(0.975) * p$se.fit)
put("probability", plogis(p$fit - qnorm(0.975) * p$se.fit), plogis(p$fit + qnorm(0.975) * p$se.fit))
