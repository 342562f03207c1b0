# Reference values of weights, offsets, categories, a constant column and a column in units of 1e-8 together, on breast-cancer:
# Rscript tests/ref/combined.R > tests/ref/combined.csv
# Frequencies: glm and lm on repeated rows, the constant column left out. One row is the only one of its category.
data <- read.csv("share/data/breast-cancer.csv")
i <- seq_len(nrow(data))
data$f <- i %% 4
data$o <- round(sin(i), 3)
data$c <- factor(c("a", "b", "c", "d")[1 + (i * i) %% 7 %% 3])
levels(data$c) <- c("a", "b", "c", "d")
data$c[5] <- "d"
data$big <- data$mean_texture * 1e8
data$smooth <- data$mean_smoothness
data <- data[rep(i, data$f), ]
version <- paste("R", getRversion())
put <- function(case, fit) {
    if (inherits(fit, "glm")) # the errors are those of the last step but one
        fit <- update(fit, start = coef(fit))
    s <- summary(fit)$coefficients
    term <- sub("^c(.)$", "c=\\1", sub("Intercept", "intercept", rownames(s)))
    cat(sprintf("%s,%s,%.17g,%.17g,%.17g,%s\n", case, term, s[, 1], s[, 2], as.numeric(logLik(fit)), version), sep = "")
}
cat("case,term,estimate,se,loglik,made_by\n")
put("glm", glm((diagnosis == "malignant") ~ smooth + big + c + offset(o), binomial, data[data$c != "d", ],
               control = glm.control(epsilon = 1e-14, maxit = 100)))
put("lm", lm(mean_radius ~ smooth + big + c + offset(o), data))
