# Small tables of hard shapes (scales 1e-8 to 1e8, near-collinear, heavy tails, few integers, far from 0; counts of
# rows up to 4e9, offsets) and what glm makes of them: glm_shapes-rows.csv, glm_shapes.csv. R 4.2.2, stats::glm with
# epsilon 1e-15. Usage: Rscript glm_shapes.R
set.seed(72)
out <- NULL; rows <- NULL; k <- 0
while (k < 48) {
  n <- sample(c(12,16,20,30), 1); d <- sample(1:4, 1)
  shape <- sample(1:6, 1)
  X <- matrix(rnorm(n*d), n, d)
  if (shape==2) X <- X * matrix(10^sample(-8:8, d, TRUE), n, d, byrow=TRUE)
  if (shape==3 && d>1) X[,d] <- X[,1] + rnorm(n)*10^-sample(2:5,1)
  if (shape==4) X <- matrix(rt(n*d, 1.5), n, d)
  if (shape==5) X <- matrix(sample(0:3, n*d, TRUE), n, d)
  if (shape==6) X <- X + 10^sample(2:6,1)
  X <- apply(X, 2, function(x) as.numeric(sprintf("%.12g", x)))
  w <- sample(1:4, n, TRUE); if (sample(2,1)==1) w <- w*10^sample(0:9,1)
  o <- round(rnorm(n), 3)*(sample(2,1)==1)
  eta <- scale(X)%*%rnorm(d) ; eta[!is.finite(eta)] <- 0; eta <- eta + sample(c(0,0,-2),1)
  y <- as.integer(runif(n) < plogis(eta))
  if (length(unique(y))<2) next
  f <- tryCatch(suppressWarnings(glm(y ~ X, family=binomial, weights=w, offset=o, control=glm.control(epsilon=1e-15, maxit=200))), error=function(e) NULL)
  if (is.null(f) || any(is.na(coef(f))) || max(abs(f$linear.predictors))>12 || min(f$fitted.values*(1-f$fitted.values))<1e-6) next
  D <- data.frame(t=k, X, matrix(NA,n,4-d), w=w, o=o, y=y); names(D) <- c("t",paste0("x",1:4),"w","o","y")
  rows <- rbind(rows, D)
  s <- summary(f)$coefficients
  out <- rbind(out, data.frame(t=k, shape=shape, d=d, term=0:d, b=s[,1], se=s[,2]))
  k <- k+1
}
options(digits=17)
write.csv(rows, "glm_shapes-rows.csv", row.names=FALSE, na=""); write.csv(format(out, digits=17), "glm_shapes.csv", row.names=FALSE, quote=FALSE)
