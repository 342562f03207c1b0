# Reference values of partial residuals and adjusted proportions: Rscript tests/ref/partial.R > tests/ref/partial.csv
# The linear model is lm's: residuals(type = "partial") plus the fit at the means. For the logistic model, uniroot finds the
# shift of the log-odds of a group under which glm's probabilities have the observed mean.
version <- paste("R", getRversion())
iris <- read.csv("share/data/iris.csv")
fit <- lm(petal_width ~ sepal_width + petal_length + sepal_length, iris)
other <- data.frame(sepal_width = iris$sepal_width, petal_length = mean(iris$petal_length), sepal_length = 5)
cat("part,x,y,made_by\n")
cat(sprintf("partial residual,%.17g,%.17g,%s\n", iris$sepal_width, predict(fit, other) + residuals(fit), version), sep = "")

cancer <- read.csv("share/data/breast-cancer.csv")
cancer$y <- cancer$diagnosis == "malignant"
fit <- glm(y ~ mean_radius + mean_texture, binomial, cancer, control = glm.control(1e-14, 100))
own <- predict(fit)
fixed <- predict(fit, data.frame(mean_radius = mean(cancer$mean_radius), mean_texture = cancer$mean_texture))
row <- order(cancer$mean_texture)
x <- cancer$mean_texture[row]
bins <- 8
n <- length(x)
r <- 0
for (bin in 1:bins) {
    first <- r + 1
    while (r < n && (r * bins < bin * n || x[r + 1] == x[r])) r <- r + 1
    group <- row[first:r]
    share <- mean(cancer$y[group])
    shift <- uniroot(function(s) mean(plogis(own[group] + s)) - share, c(-30, 30), tol = 1e-14)$root
    cat(sprintf("adjusted share malignant,%.17g,%.17g,%s\n", mean(cancer$mean_texture[group]), mean(plogis(fixed[group] + shift)), version))
}
