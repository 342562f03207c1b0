/* The only main(): from the words of the command line to an exit status.
 *
 * 1. --view=... and --complete-columns serve the build and the shells (views.h); users never type them.
 * 2. opt_parse fills the settings; --help and --version end here, whatever else is wrong.
 * 3. Required options, operands and the number of threads are checked.
 * 4. The command line is quoted for the model (quote_command_line), without the number of threads.
 * 5. command.run does the work; report writes its error with place, reason and remedy.
 *
 * Closed standard streams are held open on /dev/null, so that no data file takes their numbers. Out of memory, the
 * process removes its temporary files and exits without allocating (end_without_memory). */
#include "base/cpu.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/remedy.h"
#include "cli/replacement.h"
#include "cli/sink.h"
#include "cli/usage.h"
#include "cli/version.h"
#include "cli/views.h"
#include "text/number.h"
#include "text/shell_word.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 0 done, 1 bad data or I/O, 2 usage, 3 a result that cannot be fully trusted. */
static int exit_status(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return 0;
    case STATUS_USAGE:
        return 2;
    case STATUS_UNCONVERGED:
        return 3;
    case STATUS_DATA:
    case STATUS_IO:
        break;
    }
    return 1;
}

static int report(const struct err *err)
{
    struct buffer line = {0};
    buffer_add_format(&line, "%s: ", command.name);
    buffer_add_visible(&line, err->file);
    if (err->line > 0)
        buffer_add_format(&line, ":%zu", err->line);
    if (line.n > strlen(command.name) + 2)
        buffer_add_text(&line, ": ");
    buffer_add_visible(&line, err->reason);
    remedy_add(&line, err, command.options, command.n_options);
    if (err->status == STATUS_USAGE)
        buffer_add_format(&line, "; try '%s --help'", command.name);
    buffer_add_char(&line, '\n');
    fwrite(line.p, 1, line.n, stderr);
    buffer_free(&line);
    return exit_status(err->status);
}

/* Opens closed standard streams such that using them fails, so that no data file gets their descriptors. */
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            _exit(1);
}

/* Out of memory: reports and cleans up without allocating. */
static void end_without_memory(size_t bytes)
{
    progress_erase();
    replacement_remove_temporaries();
    fprintf(stderr, "%s: out of memory: %zu MB more are needed\n", command.name, (bytes >> 20) + 1);
}

static int print(const struct buffer *text)
{
    struct err err = {0};
    struct sink *sink;
    if (sink_open(&sink, NULL, &err) != STATUS_OK)
        return report(&err);
    sink_write(sink, text->p, text->n);
    return sink_close(sink, &err) == STATUS_OK ? 0 : report(&err);
}

/* ---- views for the build and the shells ---- */

static void read_prose(struct buffer *prose)
{
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, stdin)) > 0;)
        buffer_add(prose, block, n);
}

static int show_view(const char *view)
{
    struct buffer out = {0}, prose = {0};
    struct err err = {0};
    int status = 0;
    if (strcmp(view, "man") == 0) {
        read_prose(&prose);
        view_man(&command, (struct slice){prose.p, prose.n}, &out);
    } else if (strcmp(view, "page") == 0 && command.page != NULL) {
        read_prose(&prose);
        command.page((struct slice){prose.p, prose.n}, &out);
    } else if (strcmp(view, "bash") == 0) {
        view_bash(&command, &out);
    } else if (strcmp(view, "zsh") == 0) {
        view_zsh(&command, &out);
    } else if (strcmp(view, "fish") == 0) {
        view_fish(&command, &out);
    } else if (strcmp(view, "rules") == 0) {
        opt_rules_examples(command.rules, command.options, command.n_options, &out);
    } else if (strcmp(view, "check") != 0) {
        err_usage(&err, "there is no view '%s'", view);
        status = report(&err);
    } else if (command_check(&command, &err) != STATUS_OK) {
        status = report(&err);
    }
    if (status == 0)
        status = print(&out);
    buffer_free(&out);
    buffer_free(&prose);
    return status;
}

static bool add_columns(struct buffer *out, const char *path)
{
    struct table *table = NULL;
    struct err err = {0};
    struct table_options options = {.paths = &path, .n_paths = 1};
    bool readable = strcmp(path, "-") != 0 && table_open(&table, &options, &err) == STATUS_OK;
    for (size_t i = 0; readable && i < table_width(table); i++)
        buffer_add_format(out, "%s\n", table_name(table, i));
    table_close(table);
    return readable;
}

/* Writes the column names of the first operand that is a table, one per line; nothing if no operand is. */
static int show_columns(int n, const char *const *words)
{
    struct buffer out = {0};
    bool options_end = false, found = false;
    for (int i = 0; i < n && !found; i++) {
        if (!options_end && strcmp(words[i], "--") == 0)
            options_end = true;
        else if (!options_end && words[i][0] == '-')
            i += opt_takes_next(command.options, command.n_options, words[i]);
        else
            found = add_columns(&out, words[i]);
    }
    int status = print(&out);
    buffer_free(&out);
    return status;
}

/* ---- running ---- */

static enum status choose_threads(size_t *threads, struct err *err)
{
    if (*threads > 0)
        return STATUS_OK;
    const char *text = getenv("LIKELY_THREADS");
    if (text == NULL || text[0] == '\0') {
        *threads = parallel_cpus();
        return STATUS_OK;
    }
    double value;
    if (!number_parse(slice_of(text), &value) || !(value >= 1 && value <= 1024) || value != (double)(size_t)value)
        return usage_value(err, "LIKELY_THREADS", text, "a whole number from 1 to 1024");
    *threads = (size_t)value;
    return STATUS_OK;
}

/* LIKELY_CPU limits the instruction set, for tests and benchmarks. */
static enum status choose_cpu(struct err *err)
{
    const char *text = getenv("LIKELY_CPU");
    enum cpu_level level, widest = cpu_widest();
    if (text == NULL || text[0] == '\0')
        return STATUS_OK;
    if (!cpu_find(text, &level))
        return usage_value(err, "LIKELY_CPU", text, "portable, avx2 or avx512");
    if (level > widest)
        return usage_value(err, "LIKELY_CPU", text, "at most %s on this processor", cpu_name(widest));
    cpu_use(level);
    return STATUS_OK;
}

/* Standard input can be read only once. */
static enum status check_operands(const char *const *operands, size_t n, struct err *err)
{
    size_t dashes = 0;
    for (size_t i = 0; i < n; i++)
        dashes += strcmp(operands[i], "-") == 0;
    return dashes <= 1 ? STATUS_OK : usage_operand(err, "-", "standard input once, not %zu times", dashes);
}

/* Whether the word is --threads, in any spelling that the parser accepts. */
static bool sets_threads(const char *word)
{
    if (word[0] == '-' && word[1] == '-')
        return word[2] != '\0' && word[2] != '=' && strncmp(word + 2, "threads", strcspn(word + 2, "=")) == 0;
    return word[0] == '-' && word[1] == 'j';
}

/* The command line as it could be typed again, without --threads: models record it and must not depend on the number of
 * threads. */
static void quote_command_line(struct buffer *out, int argc, const char *const *argv)
{
    bool options_end = false;
    buffer_add_text(out, command.name);
    for (int i = 0; i < argc; i++) {
        bool takes_next = !options_end && opt_takes_next(command.options, command.n_options, argv[i]);
        bool left_out = !options_end && sets_threads(argv[i]);
        options_end |= strcmp(argv[i], "--") == 0;
        for (int end = i + (takes_next && i + 1 < argc); i <= end; i++)
            if (!left_out) {
                buffer_add_char(out, ' ');
                shell_word_add(out, argv[i]);
            }
        i--;
    }
    buffer_add_char(out, '\0');
}

static int show_help(void)
{
    struct buffer out = {0};
    view_help(&command, &out);
    int status = print(&out);
    buffer_free(&out);
    return status;
}

static int show_version(void)
{
    struct buffer out = {0};
    buffer_add_format(&out, "%s (likely) %s\n", command.name, LIKELY_VERSION);
    int status = print(&out);
    buffer_free(&out);
    return status;
}

/* -o - is standard output, as it is without -o. */
static void take_dash_for_output(void *settings)
{
    for (size_t i = 0; i < command.n_options; i++) {
        const struct opt *o = &command.options[i];
        if (o->type != OPT_TEXT || o->letter != 'o')
            continue;
        const char **path = (const char **)((char *)settings + o->offset);
        if (*path != NULL && strcmp(*path, "-") == 0)
            *path = NULL;
    }
}

static int run_command(int argc, const char *const *argv)
{
    struct err err = {0};
    void *settings = mem_zero(1, command.settings_size);
    bool *given = mem_zero(command.n_options, sizeof *given);
    const char **operands = mem_zero((size_t)argc + 1, sizeof *operands);
    struct buffer line = {0};
    struct general_settings *general = (struct general_settings *)((char *)settings + command.general_offset);
    struct invocation run = {.name = command.name,
                             .operands = operands,
                             .options = command.options,
                             .n_options = command.n_options,
                             .given = given,
                             .general = general};
    int exit_with;
    enum status status =
        opt_parse(command.options, command.n_options, settings, argc, argv, operands, &run.n_operands, given, &err);
    take_dash_for_output(settings);
    if (status == STATUS_OK && general->help) {
        exit_with = show_help();
        goto done;
    }
    if (status == STATUS_OK && general->version) {
        exit_with = show_version();
        goto done;
    }
    if (status == STATUS_OK)
        status = opt_check_required(command.options, command.n_options, given, &err);
    if (status == STATUS_OK)
        status = opt_rules_check(command.rules, command.options, command.n_options, settings, given, &err);
    if (status == STATUS_OK)
        status = check_operands(operands, run.n_operands, &err);
    if (status == STATUS_OK)
        status = choose_cpu(&err);
    if (status == STATUS_OK)
        status = choose_threads(&general->threads, &err);
    if (status == STATUS_OK) {
        quote_command_line(&line, argc, argv);
        run.command_line = line.p;
        progress_begin(command.name, general->quiet);
        status = command.run(settings, &run, &err);
    }
    progress_erase();
    err.status = status;
    exit_with = status == STATUS_OK ? 0 : report(&err);
done:
    free(settings);
    free(given);
    free(operands);
    buffer_free(&line);
    return exit_with;
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    mem_set_handler(end_without_memory);
    signal(SIGXFSZ, SIG_IGN); /* a file that may grow no further is an error of write() */
    static const char view[] = "--view=";
    if (argc == 2 && strncmp(argv[1], view, sizeof view - 1) == 0)
        return show_view(argv[1] + sizeof view - 1);
    if (argc > 1 && strcmp(argv[1], "--complete-columns") == 0)
        return show_columns(argc - 2, (const char *const *)argv + 2);
    return run_command(argc - 1, (const char *const *)argv + 1);
}
