/*
 * intaking — files of customers on their way through an import, as the API and the job take them.
 */
#pragma once
#include "core/people/intake.h"
#include "support/club.h"

#define INTAKING_HEADER  "Téléphone;Prénom;Nom;E-mail;Points\n"
#define INTAKING_COLUMNS "phone,given_name,family_name,email,points"

struct intaking {
    struct intake intake;
    struct intake_choice choice;
    struct str bytes;
    const struct intake_step *step;
    bool more;
    enum err (*change)(struct ctx *ctx, intake_id id, struct intake *intake);
};

/* Each of them as a write task's body; arg is a struct intaking. */
enum err intaking_add(struct ctx *ctx, void *arg);
enum err intaking_add_parts(struct ctx *ctx, void *arg);
enum err intaking_begin_check(struct ctx *ctx, void *arg);
enum err intaking_change(struct ctx *ctx, void *arg);
enum err intaking_take_step(struct ctx *ctx, void *arg);

/* One step as the job takes it, in memory of its own; false: there is nothing to do. */
bool intaking_step(struct world *w);
/* All there is to do; reads the import anew. */
void intaking_work(struct world *w, struct intaking *told);

/* To where a file is ready, is checked, is taken in; expects that it gets there. */
struct intaking intaking_upload(struct world *w, struct str bytes);
void intaking_check(struct world *w, struct intaking *told, const char *columns);
void intaking_run(struct world *w, struct intaking *told);
struct intaking intaking_all(struct world *w, struct str bytes, const char *columns);

/* What the program owes its customers, by the ledger alone. */
int64_t intaking_sum(struct club *club);
struct customer intaking_customer(struct world *w, const char *phone);
