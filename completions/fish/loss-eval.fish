# Completion of loss-eval for fish, made from its option table; do not edit.

function __likely_loss_eval_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c loss-eval -s t -l target -x -a '(__likely_loss_eval_columns)' -d 'column of the targets, or a column of probabilities per class'
complete -c loss-eval -s p -l predictions -x -a '(__fish_append , (__likely_loss_eval_columns))' -d 'columns of predictions; default: predicted, mean, mean_TARGET, p_* or logit_*'
complete -c loss-eval -s l -l loss -x -a '(__fish_append , l2 mse l1 huber pinball nll nll-sd crps nll-laplace log log-logit squared ce ce-logits brier-multi margin accuracy top precision precision-weighted recall recall-weighted f1 f1-weighted fbeta auc auc-ovr auc-ovr-weighted auc-ovo auc-ovo-weighted average-precision ece r2 trimmed)' -d 'losses, comma-separated, each NAME or NAME:PARAMETER'
complete -c loss-eval -l logit -d 'log and ce read logits, not probabilities, as log-logit and ce-logits do'
complete -c loss-eval -l per-row -d 'append the losses of each row to the unchanged row, as columns loss_NAME'
complete -c loss-eval -l gradient -d 'with --per-row, add the derivatives of the loss by the predictions, as columns dloss_COLUMN'
complete -c loss-eval -l baseline -x -a '(__fish_append , (__likely_loss_eval_columns))' -d 'compare the losses, row by row, with the losses of these predictions'
complete -c loss-eval -l confusion -d 'write the confusion matrix instead of losses'
complete -c loss-eval -l report -d 'write precision, recall and F1 of each class instead of losses'
complete -c loss-eval -l calibration -x -d 'write observed frequencies by bins of the predicted probability, instead of losses'
complete -c loss-eval -s g -l by -x -a '(__likely_loss_eval_columns)' -d 'evaluate the rows of each value of COLUMN separately'
complete -c loss-eval -s w -l weights -x -a '(__likely_loss_eval_columns)' -d 'column of weights: a row of weight 2 counts as two rows'
complete -c loss-eval -l aweights -x -a '(__likely_loss_eval_columns)' -d 'column of relative weights, of which only the ratios matter'
complete -c loss-eval -l positive -x -d 'class to compare with all others; default: LABEL of a single column p_LABEL, or 1'
complete -c loss-eval -l threshold -x -d 'smallest probability that predicts the positive class, for accuracy, precision, recall and f1'
complete -c loss-eval -s T -l temperature -x -d 'divide the logits by T first'
complete -c loss-eval -l missing -x -a 'error\t"the first missing value is an error" skip\t"skip such rows"' -d 'treatment of rows with missing values'
complete -c loss-eval -l unit -x -a 'bits\t"logarithms to base 2" nats\t"natural logarithms" bans\t"logarithms to base 10"' -d 'unit of log-likelihoods, entropies and divergences'
complete -c loss-eval -l base -x -d 'base of the logarithm, in place of --unit'
complete -c loss-eval -l input -x -a 'auto\t"detected from the first record" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c loss-eval -l header -x -a 'auto\t"yes if no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are named 1, 2, 3, ..."' -d 'whether the first record names the columns'
complete -c loss-eval -s d -l delimiter -x -d 'separator of the fields of CSV input; default: detected'
complete -c loss-eval -l na -x -d 'words that mark a missing value, besides the empty field'
complete -c loss-eval -s o -l output -r -F -d 'write the result to FILE, which is complete or not created'
complete -c loss-eval -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c loss-eval -l precision -x -d 'significant digits of numbers; default: the fewest that read back to the same number'
complete -c loss-eval -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c loss-eval -l seed -x -d 'seed of the random numbers'
complete -c loss-eval -s q -l quiet -d 'write no notices to standard error'
complete -c loss-eval -s v -l verbose -d 'write details of the work to standard error'
complete -c loss-eval -s h -l help -d 'show this help'
complete -c loss-eval -s V -l version -d 'show the version'
