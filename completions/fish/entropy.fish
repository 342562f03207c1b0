# Completion of entropy for fish, made from its option table; do not edit.

function __likely_entropy_columns
    set -l words (commandline -op)
    $words[1] --complete-columns $words[2..] 2>/dev/null
end

complete -c entropy -l bytes -d 'each byte is a symbol; default: each line'
complete -c entropy -l decompress -d 'with --bytes, those that compressed files decompress to; default: the bytes of the file'
complete -c entropy -l tokens -d 'each word between blanks is a symbol'
complete -c entropy -s x -l columns -x -a '(__fish_append , (__likely_entropy_columns))' -d 'columns whose values are symbols; one result per column'
complete -c entropy -l joint -d 'the values of a row together are one symbol'
complete -c entropy -l given -x -a '(__fish_append , (__likely_entropy_columns))' -d 'compute the entropy conditional on these columns'
complete -c entropy -s g -l by -x -a '(__likely_entropy_columns)' -d 'evaluate the rows of each value of COLUMN separately'
complete -c entropy -s w -l weights -x -a '(__likely_entropy_columns)' -d 'column of weights: a row of weight 2 counts as two rows'
complete -c entropy -l aweights -x -a '(__likely_entropy_columns)' -d 'column of relative weights, of which only the ratios matter'
complete -c entropy -l counts -d 'the columns, by default the last numeric one, hold counts of symbols'
complete -c entropy -l probabilities -d 'the columns, by default the last numeric one, hold probabilities that sum to 1'
complete -c entropy -l gauss -d 'compute the differential entropy of the Gaussians in the output of mle-gauss'
complete -c entropy -l cov -d 'with --gauss, of all columns jointly, from the output of mle-gauss --cov'
complete -c entropy -l estimate -x -a 'ml\t"maximum likelihood, from relative frequencies" miller-madow\t"with a correction for the number of symbols" grassberger\t"nearly unbiased for small counts"' -d 'estimator of the entropy'
complete -c entropy -l se -d 'add the standard error of the entropy'
complete -c entropy -l redundancy -d 'add the redundancy: 1 minus the entropy as a fraction of its maximum'
complete -c entropy -l unit -x -a 'bits\t"logarithms to base 2" nats\t"natural logarithms" bans\t"logarithms to base 10"' -d 'unit of log-likelihoods, entropies and divergences'
complete -c entropy -l base -x -d 'base of the logarithm, in place of --unit'
complete -c entropy -l input -x -a 'auto\t"detected from the first record" csv\t"fields separated by commas" tsv\t"fields separated by tabs" text\t"fields separated by blanks" svm\t"svmlight: a label and INDEX:VALUE fields"' -d 'format of the input'
complete -c entropy -l header -x -a 'auto\t"yes if no field of the first record is a number" yes\t"the first record names the columns" no\t"columns are named 1, 2, 3, ..."' -d 'whether the first record names the columns'
complete -c entropy -s d -l delimiter -x -d 'separator of the fields of CSV input; default: detected'
complete -c entropy -l na -x -d 'words that mark a missing value, besides the empty field'
complete -c entropy -s o -l output -r -F -d 'write the result to FILE, which is complete or not created'
complete -c entropy -l to -x -a 'csv\t"comma-separated values" tsv\t"tab-separated values" json\t"an array of objects" table\t"aligned columns for reading"' -d 'format of the result'
complete -c entropy -l precision -x -d 'significant digits of numbers; default: the fewest that read back to the same number'
complete -c entropy -l memory -x -d 'keep at most SIZE (such as 500M or 4G) of the data in memory and the rest in a temporary file; default: half of the machine\'s memory'
complete -c entropy -s j -l threads -x -d 'number of threads; the result does not depend on it; default: the CPUs'
complete -c entropy -l seed -x -d 'seed of the random numbers'
complete -c entropy -s q -l quiet -d 'write no notices to standard error'
complete -c entropy -s v -l verbose -d 'write details of the work to standard error'
complete -c entropy -s h -l help -d 'show this help'
complete -c entropy -s V -l version -d 'show the version'
