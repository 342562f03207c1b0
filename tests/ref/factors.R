# Reference values of categories as indicator columns: Rscript tests/ref/factors.R > tests/ref/factors.csv
# R's glm with factors (treatment contrasts: the first level is the reference) and a tolerance below rounding.
iris <- read.csv("share/data/iris.csv")
iris$size <- 5 * floor(iris$sepal_length) - 15
iris$wide <- iris$sepal_width > 3
iris$w <- 1 + (seq_len(nrow(iris)) %% 3)
version <- paste("R", getRversion())
control <- glm.control(epsilon = 1e-14, maxit = 100)
new <- data.frame(petal_length = c(1.5, 4.2, 6), species = c("virginica", "setosa", "versicolor"), size = c(20, 5, 10))
put <- function(case, fit) {
    s <- summary(fit)$coefficients
    term <- sub("factor\\(size\\)", "size=", sub("species", "species=", sub("Intercept", "intercept", rownames(s))))
    cat(sprintf("%s,%s,%.17g,%.17g,%s\n", case, term, s[, 1], s[, 2], version), sep = "")
}
cat("case,term,estimate,se,made_by\n")
fit <- glm(wide ~ petal_length + species + factor(size), binomial, iris, control = control)
put("logistic", fit)
cat(sprintf("predicted,%d,%.17g,,%s\n", 1:3, predict(fit, new, type = "response"), version), sep = "")
put("weights", suppressWarnings(glm(wide ~ petal_length + species + factor(size), binomial, iris, weights = w, control = control)))
put("alone", glm(wide ~ species, binomial, iris, control = control))
fit <- lm(sepal_width ~ petal_length + species + factor(size), iris)
put("linear", fit)
cat(sprintf("means,%d,%.17g,,%s\n", 1:3, predict(fit, new), version), sep = "")
