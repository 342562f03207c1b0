# Completion of loss-eval for fish, made from its option table; do not edit.

function __likely_loss_eval_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c loss-eval -s t -l target -x -a '(__likely_loss_eval_columns)' -d 'column of what was to be predicted, or several with the probability of each class'
complete -c loss-eval -s p -l predictions -x -a '(__fish_append , (__likely_loss_eval_columns))' -d 'columns of the predictions; without it predicted, mean, mean_TARGET, p_* or logit_*'
complete -c loss-eval -s l -l loss -x -a '(__fish_append , l2 mse l1 huber nll nll-sd nll-laplace log log-logit squared ce ce-logits margin accuracy f1 auc ece r2 trimmed)' -d 'losses, comma-separated, each NAME or NAME:PARAMETER'
complete -c loss-eval -l logit -d 'predictions of log and ce are logits, not probabilities: log-logit and ce-logits'
complete -c loss-eval -l per-row -d 'write the losses of each row, as columns loss_NAME behind the unchanged row'
complete -c loss-eval -l gradient -d 'with --per-row, the derivatives of the loss with respect to the predictions, as columns dloss_COLUMN'
complete -c loss-eval -l baseline -x -a '(__fish_append , (__likely_loss_eval_columns))' -d 'compare the losses, row by row, with those of these predictions'
complete -c loss-eval -l confusion -d 'write how often each class is taken for which, instead of losses'
complete -c loss-eval -l calibration -x -d 'write how often what is predicted comes true, by bins of the probability, instead of losses'
complete -c loss-eval -s g -l by -x -a '(__likely_loss_eval_columns)' -d 'evaluate the rows of each value of COLUMN separately'
complete -c loss-eval -s w -l weights -x -a '(__likely_loss_eval_columns)' -d 'how often each row counts'
complete -c loss-eval -l positive -x -d 'the target\'s label that a single probability is for; without it what the name p_LABEL says, or 1'
complete -c loss-eval -l threshold -x -d 'probability from which on accuracy takes a single one for the positive class'
complete -c loss-eval -l temperature -x -d 'divide logits by T first'
complete -c loss-eval -l missing -x -a 'error\t"stop at the first missing value and say where it is" skip\t"pass over such rows"' -d 'what to do with rows that lack a value; skip leaves them out and counts them'
complete -c loss-eval -l unit -x -a 'bits\t"logarithms to base 2" nats\t"natural logarithms" bans\t"logarithms to base 10"' -d 'unit of log-likelihoods, entropies and divergences'
complete -c loss-eval -l base -x -d 'base of the logarithm, instead of a unit'
complete -c loss-eval -l input -x -a 'auto\t"what the first record shows" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by runs of blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c loss-eval -l header -x -a 'auto\t"yes when no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are called 1, 2, 3"' -d 'whether the first record names the columns'
complete -c loss-eval -s d -l delimiter -x -d 'what separates the fields of CSV input'
complete -c loss-eval -l na -x -d 'words that mean a missing value, as an empty field does'
complete -c loss-eval -s o -l output -r -F -d 'write the result to FILE, all of it or nothing'
complete -c loss-eval -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c loss-eval -l precision -x -d 'significant digits of numbers; without it as many as read back to the same number'
complete -c loss-eval -s j -l threads -x -d 'threads to use; the result does not depend on it'
complete -c loss-eval -l seed -x -d 'seed of everything random'
complete -c loss-eval -s q -l quiet -d 'no notices on standard error'
complete -c loss-eval -s v -l verbose -d 'say on standard error what is done'
complete -c loss-eval -l help -d 'show this help'
complete -c loss-eval -l version -d 'show the version'
