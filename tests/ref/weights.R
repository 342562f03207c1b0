# Reference values of --fweights, --aweights and --offset: Rscript tests/ref/weights.R > tests/ref/weights.csv
# Frequencies: lm and glm on repeated rows. Importances: lm, whose standard errors do not depend on the weights' scale, and glm with
# weights of mean 1, with standard errors of package sandwich (HC0). Offsets: lm and glm with offset=.
data <- read.csv("share/data/breast-cancer.csv")
iris <- read.csv("share/data/iris.csv")
version <- paste("R", getRversion())
control <- glm.control(epsilon = 1e-14, maxit = 100)
put <- function(case, fit, loglik = as.numeric(logLik(fit)), null = NA, errors = NULL) {
    if (inherits(fit, "glm")) # the errors are those of the last step but one
        fit <- suppressWarnings(update(fit, start = coef(fit)))
    s <- summary(fit)$coefficients
    if (!is.null(errors)) s[, 2] <- sqrt(diag(errors(fit)))
    term <- sub("Intercept", "intercept", rownames(s))
    cat(sprintf("%s,%s,%.17g,%.17g,%.17g,%.17g,%s\n", case, term, s[, 1], s[, 2], loglik, null, version), sep = "")
}
null_of <- function(fit) as.numeric(logLik(update(fit, . ~ 1)))
bernoulli <- function(y, p, w = 1) sum(w * ifelse(y, log(p), log1p(-p)))
cat("case,term,estimate,se,loglik,loglik_null,made_by\n")

i <- seq_len(nrow(iris))
iris$f <- i %% 4
iris$a <- ifelse(i %% 7 == 0, 0, 0.3 + 0.37 * (i %% 5))
iris$o <- round(sin(i), 3)
three <- petal_width ~ sepal_length + sepal_width + petal_length
repeated <- iris[rep(i, iris$f), ]
fit <- lm(three, repeated); put("lm-frequencies", fit, null = as.numeric(logLik(lm(petal_width ~ 1, repeated))))
fit <- lm(three, iris, weights = a); put("lm-importances", fit, null = as.numeric(logLik(lm(petal_width ~ 1, iris, weights = a))))
fit <- lm(three, iris, offset = o); put("lm-offset", fit, null = as.numeric(logLik(lm(petal_width ~ 1, iris, offset = o))))
fit <- lm(three, iris, offset = o, weights = a)
put("lm-offset-importances", fit, null = as.numeric(logLik(lm(petal_width ~ 1, iris, offset = o, weights = a))))
fit <- lm(update(three, . ~ . - 1), iris, offset = o); put("lm-offset-through-0", fit)

i <- seq_len(nrow(data))
data$f <- i %% 4
data$a <- ifelse(i %% 7 == 0, 0, 0.3 + 0.37 * (i %% 5))
data$o <- round(sin(i), 3)
five <- (diagnosis == "malignant") ~ mean_radius + mean_texture + mean_smoothness + mean_concavity + mean_symmetry
repeated <- data[rep(i, data$f), ]
fit <- glm(five, binomial, repeated, control = control); put("glm-frequencies", fit, null = null_of(fit))
used <- data[data$a > 0, ]
used$a <- used$a / mean(used$a)
fit <- suppressWarnings(glm(five, binomial, used, weights = a, control = control))
y <- used$diagnosis == "malignant"
put("glm-importances", fit, bernoulli(y, fitted(fit), used$a), bernoulli(y, weighted.mean(y, used$a), used$a),
    function(fit) sandwich::sandwich(fit))
fit <- glm(five, binomial, data, offset = o, control = control); put("glm-offset", fit, null = null_of(fit))
fit <- glm(five, binomial, repeated, offset = o, control = control); put("glm-offset-frequencies", fit, null = null_of(fit))
