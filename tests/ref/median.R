# Standard errors of median regression: Rscript tests/ref/median.R > tests/ref/median.csv
# quantreg's summary(rq(), se = "nid"); frequencies by repeated rows.
suppressMessages(library(quantreg))
version <- paste0("R ", getRversion(), " quantreg ", packageVersion("quantreg"))
data <- read.csv("share/data/breast-cancer.csv")
put <- function(case, fit) {
    s <- summary(fit, se = "nid")$coefficients
    cat(sprintf("%s,%s,%.17g,%.17g,%s\n", case, sub("Intercept", "intercept", rownames(s)), s[, 1], s[, 2], version), sep = "")
}
cat("case,term,estimate,se,made_by\n")
three <- mean_radius ~ mean_texture + mean_smoothness + mean_compactness
put("plain", rq(three, data = data))
put("through-0", rq(update(three, . ~ . - 1), data = data))
i <- seq_len(nrow(data))
put("frequencies", rq(three, data = data[rep(i, i %% 4), ]))
data$a <- 0.3 + 0.37 * (i %% 4)
put("importances", rq(three, data = data, weights = a))
put("iris", rq(petal_width ~ sepal_length + sepal_width + petal_length, data = read.csv("share/data/iris.csv")))
cars <- read.csv("tests/ref/mtcars.csv")
put("cars", rq(mpg ~ wt + hp, data = cars))
put("few", rq(mean_radius ~ mean_texture, data = data[1:30, ]))
