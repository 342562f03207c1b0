# Completion of mutual-info for fish, made from its option table; do not edit.

function __likely_mutual_info_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c mutual-info -s x -l columns -x -a '(__fish_append , (__likely_mutual_info_columns))' -d 'columns to compare with each other; default: all columns'
complete -c mutual-info -s t -l target -x -a '(__likely_mutual_info_columns)' -d 'compare each column with COLUMN only'
complete -c mutual-info -l given -x -a '(__fish_append , (__likely_mutual_info_columns))' -d 'compute the mutual information conditional on these columns'
complete -c mutual-info -s g -l by -x -a '(__likely_mutual_info_columns)' -d 'evaluate the rows of each value of COLUMN separately'
complete -c mutual-info -s w -l weights -x -a '(__likely_mutual_info_columns)' -d 'column of weights: a row of weight 2 counts as two rows'
complete -c mutual-info -l aweights -x -a '(__likely_mutual_info_columns)' -d 'column of relative weights, of which only the ratios matter'
complete -c mutual-info -l bins -x -d 'divide the values of numeric columns into N bins; default: each value is a symbol'
complete -c mutual-info -l binning -x -a 'width\t"bins of equal width from the smallest to the largest value" frequency\t"bins of equal counts; equal values share a bin"' -d 'choice of the bins'
complete -c mutual-info -l estimate -x -a '(__fish_append , ml miller-madow knn:K gauss)' -d 'estimator of the mutual information'
complete -c mutual-info -l categorical -x -a '(__fish_append , (__likely_mutual_info_columns))' -d 'numeric columns whose values are symbols for --estimate knn, as those of text columns are'
complete -c mutual-info -l normalize -x -a 'mean\t"the mean of both entropies" root\t"the square root of their product" min\t"the smaller entropy" max\t"the larger entropy" joint\t"the joint entropy" x\t"the entropy of x" y\t"the entropy of y"' -d 'denominator of the normalised mutual information'
complete -c mutual-info -l permutations -x -d 'add a p-value of independence from N random permutations'
complete -c mutual-info -l se -d 'add the standard error'
complete -c mutual-info -l matrix -d 'write a matrix of all pairs, with entropies on the diagonal, instead of a row per pair'
complete -c mutual-info -l unit -x -a 'bits\t"logarithms to base 2" nats\t"natural logarithms" bans\t"logarithms to base 10"' -d 'unit of log-likelihoods, entropies and divergences'
complete -c mutual-info -l base -x -d 'base of the logarithm, in place of --unit'
complete -c mutual-info -l input -x -a 'auto\t"detected from the first record" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c mutual-info -l header -x -a 'auto\t"yes if no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are named 1, 2, 3, ..."' -d 'whether the first record names the columns'
complete -c mutual-info -s d -l delimiter -x -d 'separator of the fields of CSV input; default: detected'
complete -c mutual-info -l na -x -d 'words that mark a missing value, besides the empty field'
complete -c mutual-info -s o -l output -r -F -d 'write the result to FILE, which is complete or not created'
complete -c mutual-info -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c mutual-info -l precision -x -d 'significant digits of numbers; default: the fewest that read back to the same number'
complete -c mutual-info -l memory -x -d 'keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; default: half of the machine\'s memory'
complete -c mutual-info -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c mutual-info -l seed -x -d 'seed of the random numbers'
complete -c mutual-info -s q -l quiet -d 'write no notices to standard error'
complete -c mutual-info -s v -l verbose -d 'write details of the work to standard error'
complete -c mutual-info -s h -l help -d 'show this help'
complete -c mutual-info -s V -l version -d 'show the version'
