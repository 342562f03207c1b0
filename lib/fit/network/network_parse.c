/* Reads a list of layers:
 *
 * LIST = ITEM [, ITEM]...      ITEM = COUNT | COUNT NAME | NAME | NAME ARGUMENT
 *
 * COUNT stands for the layer "linear COUNT", to which a NAME behind it is a layer of its own. Errors name the item. */

#include "fit/network/network.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct network_parser {
    struct network_item *items;
    size_t n, number;  /* number of the item that is read, from 1 */
    struct slice text; /* of it */
    struct err *err;
};

static const double outputs_max = 1e6;

static struct slice next_word(struct slice *rest)
{
    struct slice word = *rest;
    while (word.n > 0 && (word.p[0] == ' ' || word.p[0] == '\t' || word.p[0] == '\n')) {
        word.p++;
        word.n--;
    }
    size_t n = 0;
    while (n < word.n && word.p[n] != ' ' && word.p[n] != '\t' && word.p[n] != '\n')
        n++;
    *rest = (struct slice){word.p + n, word.n - n};
    return (struct slice){word.p, n};
}

static enum status refuse(struct network_parser *p, const char *what, struct slice word)
{
    char item[ERR_ECHO], echo[ERR_ECHO];
    return err_usage(p->err, "item %zu, '%s': %s '%s'", p->number, err_echo(item, p->text), what, err_echo(echo, word));
}

static void add(struct network_parser *p, const struct layer *layer, size_t outputs, double argument)
{
    p->items = mem_resize(p->items, p->n + 1, sizeof *p->items);
    p->items[p->n++] = (struct network_item){layer, outputs, argument};
}

static enum status find_layer(struct network_parser *p, struct slice word, const struct layer **layer)
{
    size_t n = 0;
    while (layer_all[n] != NULL)
        n++;
    const char **names = mem_alloc(n, sizeof *names);
    char item[ERR_ECHO], echo[ERR_ECHO];
    for (size_t i = 0; i < n; i++)
        names[i] = layer_all[i]->name;
    char *name = mem_copy(word.p, word.n);
    *layer = layer_find(name);
    const char *near = nearest_word(names, n, name);
    free(name);
    free(names);
    if (*layer != NULL)
        return STATUS_OK;
    return err_usage(p->err, "item %zu, '%s': unknown layer '%s'%s%s%s", p->number, err_echo(item, p->text),
                     err_echo(echo, word), near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                     near != NULL ? "'?" : "");
}

static enum status parse_count(struct network_parser *p, struct slice word)
{
    double count;
    if (!number_parse(word, &count) || !(count >= 1 && count <= outputs_max && count == floor(count)))
        return refuse(p, "the number of outputs must be a whole number from 1 to 1000000, not", word);
    add(p, &layer_linear, (size_t)count, 0);
    return STATUS_OK;
}

/* A layer, behind a count of outputs or alone. */
static enum status parse_layer(struct network_parser *p, struct slice word, size_t outputs, struct slice *rest)
{
    const struct layer *layer;
    char item[ERR_ECHO];
    double argument = 0;
    enum status status = find_layer(p, word, &layer);
    if (status != STATUS_OK)
        return status;
    if (layer->is_sized && outputs > 0)
        return STATUS_OK; /* parse_count has added it */
    if (layer->is_sized)
        return parse_count(p, next_word(rest));
    if (layer->argument != NULL) {
        struct slice number = next_word(rest);
        if (!number_parse(number, &argument) || !(argument >= layer->min && argument <= layer->max))
            return err_usage(p->err, "item %zu, '%s': the %s of %s must be a number from %g to %g", p->number,
                             err_echo(item, p->text), layer->argument, layer->name, layer->min, layer->max);
    }
    add(p, layer, 0, argument);
    return STATUS_OK;
}

static enum status parse_item(struct network_parser *p)
{
    struct slice rest = p->text, word = next_word(&rest);
    double count = 0;
    enum status status = STATUS_OK;
    if (word.n == 0)
        return err_usage(p->err, "item %zu is empty; expected layers such as '128 relu, 64 tanh'", p->number);
    if (number_parse(word, &count)) {
        status = parse_count(p, word);
        if (status != STATUS_OK)
            return status;
        word = next_word(&rest);
    }
    if (word.n > 0)
        status = parse_layer(p, word, (size_t)count, &rest);
    word = next_word(&rest);
    if (status == STATUS_OK && word.n > 0)
        status = refuse(p, "unexpected", word);
    return status;
}

enum status network_parse(const char *text, struct network_item **items, size_t *n, struct err *err)
{
    struct network_parser p = {.err = err};
    enum status status = STATUS_OK;
    struct slice rest = slice_of(text != NULL ? text : ""), all = rest;
    bool more = next_word(&all).n > 0;
    while (more && status == STATUS_OK) {
        const char *comma = memchr(rest.p, ',', rest.n);
        size_t length = comma != NULL ? (size_t)(comma - rest.p) : rest.n;
        p.number++;
        p.text = (struct slice){rest.p, length};
        while (p.text.n > 0 && p.text.p[0] == ' ') {
            p.text.p++;
            p.text.n--;
        }
        status = parse_item(&p);
        more = comma != NULL;
        rest = (struct slice){rest.p + length + more, rest.n - length - more};
    }
    if (status != STATUS_OK) {
        free(p.items);
        return status;
    }
    *items = p.items;
    *n = p.n;
    return STATUS_OK;
}
