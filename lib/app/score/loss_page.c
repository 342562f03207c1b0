/* The manual page of losses, which `make docs` makes with loss-eval --view=page: names, aliases, formulas and
 * distributions are those of the structs in family/loss, and stand nowhere else. */
#include "app/score/loss_page.h"

#include "cli/page.h"
#include "family/loss/loss.h"

#include <ctype.h>
#include <string.h>

/* How plain text is set in a formula; the first that fits. */
static const struct {
    const char *plain, *set;
} signs[] = {{"^2", "\\(S2"},    {"<=", "\\(<="},   {"sqrt(", "\\(sr("}, {"Phi(", "\\(*F("},
             {"phi(", "\\(*f("}, {"pi ", "\\(*p "}, {"pi)", "\\(*p)"}};

static bool is_hyphen(const char *formula, size_t at)
{
    return at > 0 && isalpha((unsigned char)formula[at - 1]) && isalpha((unsigned char)formula[at + 1]);
}

static bool starts_word(const char *formula, size_t at)
{
    return at == 0 || !isalpha((unsigned char)formula[at - 1]) || !isalpha((unsigned char)formula[at]);
}

/* A formula in mdoc. */
static void add_formula(struct buffer *out, const char *formula)
{
    for (size_t at = 0; formula[at] != '\0';) {
        size_t k = 0;
        while (k < sizeof signs / sizeof signs[0] &&
               !(starts_word(formula, at) && strncmp(formula + at, signs[k].plain, strlen(signs[k].plain)) == 0))
            k++;
        if (k < sizeof signs / sizeof signs[0]) {
            buffer_add_text(out, signs[k].set);
            at += strlen(signs[k].plain);
        } else if (formula[at] == '-' && !is_hyphen(formula, at)) {
            buffer_add_text(out, "\\(mi");
            at++;
        } else {
            buffer_add_char(out, formula[at++]);
        }
    }
}

static void add_formula_sentence(struct buffer *out, const struct loss *loss)
{
    struct buffer text = {0};
    add_formula(&text, loss->formula);
    page_sentence(out, buffer_text(&text), true);
    buffer_free(&text);
}

/* ".It Cm NAME : Ns Ar PARAMETER , Cm ALIAS" */
static void add_names(struct buffer *out, const struct loss *loss)
{
    buffer_add_format(out, ".It Cm %s", loss->name);
    if (loss->parameter != NULL)
        buffer_add_format(out, " : Ns Ar %s", loss->parameter);
    for (size_t i = 0; loss->aliases != NULL && loss->aliases[i] != NULL; i++)
        buffer_add_format(out, " , Cm %s", loss->aliases[i]);
    buffer_add_char(out, '\n');
}

static void add_loss(struct buffer *out, const struct loss *loss)
{
    struct buffer text = {0};
    add_names(out, loss);
    add_formula_sentence(out, loss);
    if (loss->likelihood[0] == '\0')
        return;
    buffer_add_format(&text, "Distribution: %s", loss->likelihood);
    page_sentence(out, buffer_text(&text), false);
    buffer_free(&text);
}

static void add_table(struct buffer *out)
{
    buffer_add_text(out, ".Bl -column \"nll-laplace\" \"Huber's least informative distribution, up to a constant\"\n"
                         ".It Sy loss Ta Sy distribution\n");
    for (size_t i = 0; loss_all[i] != NULL; i++)
        if (!loss_all[i]->metric)
            buffer_add_format(out, ".It Cm %s Ta %s\n", loss_all[i]->name,
                              loss_all[i]->likelihood[0] != '\0' ? loss_all[i]->likelihood : "none");
    buffer_add_text(out, ".El\n");
}

static void add_metrics(struct buffer *out)
{
    buffer_add_text(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; loss_all[i] != NULL; i++)
        if (loss_all[i]->metric) {
            add_names(out, loss_all[i]);
            add_formula_sentence(out, loss_all[i]);
        }
    buffer_add_text(out, ".El\n");
}

static bool add_place(struct slice name, struct slice argument, struct buffer *out)
{
    if (slice_equal(name, slice_of("LOSSES"))) {
        add_table(out);
        return true;
    }
    if (slice_equal(name, slice_of("METRICS"))) {
        add_metrics(out);
        return true;
    }
    for (size_t i = 0; slice_equal(name, slice_of("LOSS")) && loss_all[i] != NULL; i++)
        if (slice_equal(argument, slice_of(loss_all[i]->name))) {
            add_loss(out, loss_all[i]);
            return true;
        }
    return false;
}

void loss_page(struct slice prose, struct buffer *out)
{
    buffer_add_text(out, ".\\\" Made from man/likely-losses.7.in and lib/family/loss; do not edit.\n");
    page_fill(prose, add_place, out);
}
