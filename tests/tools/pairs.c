/* Tries all pairs of options of a command: tests/tools/pairs COMMAND COMMON SPECIFICATION
 *
 * An option that has no effect beside another one must be refused, or a notice must say so. For options A and B with
 * sample values, the command is run with A, with B, and with both. A run is its status, its two outputs and its files.
 * The pair is right if the run of both ends in an error, or differs from the run of A and from the run of B. Lines of
 * COMMON, whose options the command may lack, and of SPECIFICATION are:
 *
 *     base WORDS                    words of every command line: operands and required options
 *     --NAME VALUE                  a sample of the option; several lines give several samples
 *     --NAME VALUE + WORDS          the same with options or operands that it requires
 *     --NAME VALUE = WORDS          the same with another base
 *     free --NAME REASON            the option is not tried
 *     --NAME has no effect beside --NAME: REASON    may be so; either may have its VALUE
 *
 * Words may be in single quotes; % in a word is a scratch directory. Every option of --help must have a line. Models
 * are compared without their command line, CSV without a last column "seconds".
 *
 * Prints a line per fault, then the numbers of options, pairs and runs. Exits with 1 if there is a fault. */

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

extern char **environ;

enum { WORDS_MAX = 64, SAMPLES_MAX = 128, ALIKE_MAX = 128 };

struct words {
    size_t n;
    const char *word[WORDS_MAX];
};

struct sample {
    char *text; /* "--NAME VALUE" */
    struct words option, context, base;
    size_t name; /* length of --NAME in text */
    bool is_free;
};

struct alike {
    char *first, *second;
    bool is_used;
};

/* What a command line did. */
struct result {
    char *line;
    int status;
    uint64_t hash;
};

static struct {
    const char *command;
    char scratch[32];
    struct words base;
    char *help;
    size_t n_samples, n_alike, n_results, runs, pairs, faults;
    struct sample sample[SAMPLES_MAX];
    struct alike alike[ALIKE_MAX];
    struct result *results;
} all;

static void __attribute__((noreturn, format(printf, 1, 2))) die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("pairs: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(2);
}

static void *grow(void *p, size_t bytes)
{
    p = realloc(p, bytes);
    if (p == NULL)
        die("out of memory");
    return p;
}

/* ---- the specification ---- */

/* The next word of *p, without its quotes; NULL at the end. */
static char *cut_word(char **p)
{
    char *start = *p + strspn(*p, " ");
    if (*start == '\0')
        return NULL;
    char quote = *start == '\'' ? '\'' : ' ';
    start += quote == '\'';
    char *end = strchrnul(start, quote);
    *p = end + (*end != '\0');
    *end = '\0';
    return start;
}

static void add_word(struct words *words, const char *word)
{
    if (words->n + 1 == WORDS_MAX)
        die("too many words");
    words->word[words->n++] = word;
}

static void add_words(struct words *words, const struct words *more)
{
    for (size_t i = 0; i < more->n; i++)
        add_word(words, more->word[i]);
}

static void read_sample(char *line)
{
    if (all.n_samples == SAMPLES_MAX)
        die("too many samples");
    struct sample *s = &all.sample[all.n_samples++];
    struct words *to = &s->option;
    *s = (struct sample){.text = strdup(line)};
    s->name = strcspn(line, " ");
    char *plus = strstr(s->text, " + "), *equals = strstr(s->text, " = ");
    if (plus != NULL)
        *plus = '\0';
    if (equals != NULL)
        *equals = '\0';
    for (char *word; (word = cut_word(&line)) != NULL;)
        if (strcmp(word, "+") == 0)
            to = &s->context;
        else if (strcmp(word, "=") == 0)
            to = &s->base;
        else
            add_word(to, word);
}

static void read_line(char *line)
{
    static const char beside[] = " has no effect beside ";
    char *rest = line, *second = strstr(line, beside);
    if (second != NULL && all.n_alike < ALIKE_MAX) {
        *second = '\0';
        second += sizeof beside - 1;
        all.alike[all.n_alike++] = (struct alike){.first = line, .second = second};
        second[strcspn(second, ":")] = '\0';
        return;
    }
    if (strncmp(line, "--", 2) == 0) {
        read_sample(line);
        return;
    }
    char *verb = cut_word(&rest);
    if (strcmp(verb, "base") == 0) {
        for (char *word; (word = cut_word(&rest)) != NULL;)
            add_word(&all.base, word);
    } else if (strcmp(verb, "free") == 0) {
        char *name = cut_word(&rest);
        read_sample(name);
        all.sample[all.n_samples - 1].is_free = true;
    } else {
        die("not understood: %s", verb);
    }
}

static void read_specification(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        die("%s: %s", path, strerror(errno));
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0' && line[0] != '#')
            read_line(strdup(line));
    }
    fclose(file);
}

/* ---- a run ---- */

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ p[i]) * 0x100000001b3;
    return (hash ^ n) * 0x100000001b3;
}

/* Whatever of a result does not depend on time and on the words of the command line; n bytes that are changed. */
static size_t clean(char *bytes, size_t n)
{
    static const char command[] = "\1\7\0\0\0command";
    char *at = memmem(bytes, n, command, sizeof command - 1);
    if (n > 8 && memcmp(bytes, "LIKELYM\n", 8) == 0 && at != NULL) {
        uint32_t length;
        memcpy(&length, at += sizeof command - 1, sizeof length);
        length += sizeof length;
        memmove(at, at + length, (size_t)(bytes + n - at) - length);
        return n - length;
    }
    char *end = memchr(bytes, '\n', n);
    if (end == NULL || end - bytes < 8 || memcmp(end - 8, ",seconds", 8) != 0)
        return n;
    size_t kept = 0;
    for (char *line = bytes, *stop = bytes + n; line < stop; line = end + 1) {
        end = memchr(line, '\n', (size_t)(stop - line));
        end = end == NULL ? stop : end;
        char *comma = memrchr(line, ',', (size_t)(end - line));
        size_t length = (size_t)((comma == NULL ? end : comma) - line);
        memmove(bytes + kept, line, length);
        kept += length;
    }
    return kept;
}

/* Adds the contents of a file of the scratch directory, unpacked, and removes it. */
static uint64_t hash_file(uint64_t hash, const char *name)
{
    char path[512], *bytes = NULL;
    snprintf(path, sizeof path, "%s/%s", all.scratch, name);
    gzFile file = gzopen(path, "r");
    if (file == NULL)
        die("%s: %s", path, strerror(errno));
    size_t n = 0;
    int got;
    do {
        bytes = grow(bytes, n + 65536);
        got = gzread(file, bytes + n, 65536);
        n += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    gzclose(file);
    unlink(path);
    hash = hash_bytes(hash_bytes(hash, name, strlen(name)), bytes, clean(bytes, n));
    free(bytes);
    return hash;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static uint64_t hash_files(uint64_t hash)
{
    struct dirent **entries;
    int n = scandir(all.scratch, &entries, is_visible, alphasort);
    for (int i = 0; i < n; i++) {
        hash = hash_file(hash, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return hash;
}

static int spawn(const struct words *words)
{
    char out[64], errors[64], *argv[WORDS_MAX + 2] = {(char *)(intptr_t)all.command};
    snprintf(out, sizeof out, "%s/out", all.scratch);
    snprintf(errors, sizeof errors, "%s/errors", all.scratch);
    for (size_t i = 0; i < words->n; i++)
        argv[i + 1] = (char *)(intptr_t)words->word[i];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0600);
    pid_t pid;
    int status;
    if (posix_spawnp(&pid, all.command, &actions, NULL, argv, environ) != 0 || waitpid(pid, &status, 0) != pid)
        die("%s cannot be run", all.command);
    posix_spawn_file_actions_destroy(&actions);
    if (!WIFEXITED(status))
        die("%s was killed", all.command);
    return WEXITSTATUS(status);
}

static char *join(const struct words *words)
{
    size_t n = 1;
    for (size_t i = 0; i < words->n; i++)
        n += strlen(words->word[i]) + 1;
    char *line = grow(NULL, n), *end = line;
    *end = '\0';
    for (size_t i = 0; i < words->n; i++)
        end += sprintf(end, "%s ", words->word[i]);
    return line;
}

/* Puts the scratch directory in the place of %. */
static struct words resolve(const struct words *words)
{
    struct words to = *words;
    for (size_t i = 0; i < to.n; i++) {
        char *text, *mark = strchr(to.word[i], '%');
        if (mark == NULL)
            continue;
        if (asprintf(&text, "%.*s%s%s", (int)(mark - to.word[i]), to.word[i], all.scratch, mark + 1) < 0)
            die("out of memory");
        to.word[i] = text;
    }
    return to;
}

static struct result run(const struct words *words)
{
    char *line = join(words);
    for (size_t i = 0; i < all.n_results; i++)
        if (strcmp(all.results[i].line, line) == 0) {
            free(line);
            return all.results[i];
        }
    struct words resolved = resolve(words);
    int status = spawn(&resolved);
    struct result result = {line, status, hash_files(0xcbf29ce484222325)};
    result.hash = hash_bytes(result.hash, &status, sizeof status);
    all.results = grow(all.results, (all.n_results + 1) * sizeof *all.results);
    all.results[all.n_results++] = result;
    all.runs++;
    return result;
}

/* ---- pairs ---- */

static void __attribute__((format(printf, 1, 2))) fault(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    printf("%s: ", all.command);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    all.faults++;
}

static bool has_name(const struct sample *s, const char *text, size_t n)
{
    return s->name == n && strncmp(s->text, text, n) == 0;
}

/* Whether the text, --NAME or --NAME VALUE, means the sample. */
static bool means(const char *text, const struct sample *s)
{
    return strcmp(text, s->text) == 0 || has_name(s, text, strlen(text));
}

static bool may_be_alike(const struct sample *a, const struct sample *b)
{
    bool found = false;
    for (size_t i = 0; i < all.n_alike; i++)
        if (means(all.alike[i].first, a) && means(all.alike[i].second, b))
            found = all.alike[i].is_used = true;
    return found;
}

/* Whether the words have an option of the sample's name. */
static bool names(const struct words *words, const struct sample *s)
{
    for (size_t i = 0; i < words->n; i++)
        if (has_name(s, words->word[i], strlen(words->word[i])))
            return true;
    return false;
}

/* The command line of samples a and b, of which either may be NULL, with all that both require. */
static struct result run_samples(const struct words *base, const struct sample *a, const struct sample *b,
                                 const struct sample *with)
{
    struct words words = *base;
    const struct sample *given[] = {a, b, with};
    for (size_t i = 0; i < 3; i++)
        if (given[i] != NULL)
            add_words(&words, &given[i]->context);
    for (size_t i = 0; i < 2; i++)
        if (given[i] != NULL)
            add_words(&words, &given[i]->option);
    return run(&words);
}

static void try_pair(const struct words *base, const struct sample *a, const struct sample *b)
{
    all.pairs++;
    struct result both = run_samples(base, a, b, NULL);
    if (both.status == 1 || both.status == 2)
        return;
    if (run_samples(base, NULL, b, a).hash == both.hash && !may_be_alike(a, b))
        fault("%s has no effect beside %s", a->text, b->text);
    if (run_samples(base, a, NULL, b).hash == both.hash && !may_be_alike(b, a))
        fault("%s has no effect beside %s", b->text, a->text);
}

static void try_pairs(void)
{
    struct result plain = run_samples(&all.base, NULL, NULL, NULL);
    if (plain.status != 0)
        fault("'%s' fails", plain.line);
    for (size_t i = 0; i < all.n_samples; i++) {
        const struct sample *a = &all.sample[i];
        if (a->is_free)
            continue;
        const struct words *base = a->base.n > 0 ? &a->base : &all.base;
        if (run_samples(base, a, NULL, NULL).hash == run_samples(base, NULL, NULL, a).hash)
            fault("%s has no effect", a->text);
        for (size_t k = i + 1; k < all.n_samples; k++) {
            const struct sample *b = &all.sample[k];
            if (b->is_free || has_name(a, b->text, b->name) || names(&a->context, b) || names(&b->context, a))
                continue;
            try_pair(b->base.n > 0 && a->base.n == 0 ? &b->base : base, a, b);
            if (a->base.n > 0 && b->base.n > 0 && strcmp(join(&a->base), join(&b->base)) != 0)
                try_pair(&b->base, a, b);
        }
    }
}

/* ---- the whole ---- */

/* The next option of the list in --help, from *p; false at its end. */
static bool next_option(const char **p, char *option, size_t room)
{
    for (const char *line = *p; line != NULL && *line != '\0'; line = *p) {
        const char *at = line + strspn(line, " ");
        at += at - line == 2 && at[0] == '-' && at[2] == ',' ? 4 : 0;
        *p = strchr(line, '\n');
        *p += *p != NULL;
        size_t n = strspn(at, "-abcdefghijklmnopqrstuvwxyz0123456789");
        if (at - line == 6 && strncmp(at, "--", 2) == 0 && n < room) {
            snprintf(option, room, "%.*s", (int)n, at);
            return true;
        }
    }
    return false;
}

static void read_help(void)
{
    static char help[65536];
    char call[128];
    snprintf(call, sizeof call, "%s --help", all.command);
    FILE *file = popen(call, "r");
    size_t n = file != NULL ? fread(help, 1, sizeof help - 1, file) : 0;
    if (n == 0 || pclose(file) != 0)
        die("'%s' fails", call);
    all.help = help;
}

static bool has_option(const struct sample *s)
{
    char option[64];
    for (const char *p = all.help; next_option(&p, option, sizeof option);)
        if (has_name(s, option, strlen(option)))
            return true;
    return false;
}

/* Every option must have a sample, or stand in the base; returns how many there are. */
static size_t check_options(void)
{
    size_t n = 0;
    char option[64];
    for (const char *p = all.help; next_option(&p, option, sizeof option); n++) {
        struct sample named = {.text = option, .name = strlen(option)};
        bool found = names(&all.base, &named);
        for (size_t i = 0; i < all.n_samples && !found; i++)
            found = has_name(&all.sample[i], option, named.name);
        if (!found)
            fault("%s has no sample", option);
    }
    return n;
}

/* Leaves out what the first samples, those of COMMON, say about options that the command lacks or has samples for. */
static void choose_samples(size_t shared)
{
    size_t kept = 0;
    for (size_t i = 0; i < all.n_samples; i++) {
        const struct sample *s = &all.sample[i];
        bool used = i >= shared || has_option(s);
        for (size_t k = shared; k < all.n_samples && i < shared; k++)
            used = used && !has_name(s, all.sample[k].text, all.sample[k].name);
        if (used)
            all.sample[kept++] = *s;
    }
    all.n_samples = kept;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        die("usage: pairs COMMAND COMMON SPECIFICATION");
    all.command = argv[1];
    strcpy(all.scratch, "pairs-XXXXXX");
    if (mkdtemp(all.scratch) == NULL)
        die("%s: %s", all.scratch, strerror(errno));
    read_help();
    read_specification(argv[2]);
    size_t shared = all.n_samples;
    read_specification(argv[3]);
    choose_samples(shared);
    size_t options = check_options();
    try_pairs();
    for (size_t i = 0; i < all.n_alike; i++)
        if (!all.alike[i].is_used)
            fault("it is not so that %s has no effect beside %s", all.alike[i].first, all.alike[i].second);
    rmdir(all.scratch);
    printf("%s: %zu options, %zu pairs, %zu runs\n", all.command, options, all.pairs, all.runs);
    return all.faults > 0;
}
