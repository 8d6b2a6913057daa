/* write_notes — see write_notes.h. */
#include "db/write_notes.h"

_Static_assert(NOTE_SLOTS >= 2 * NOTES_MAX, "a search must always meet a free slot");
_Static_assert((NOTE_SLOTS & (NOTE_SLOTS - 1)) == 0, "slots are chosen by a mask");

void
notes_open(struct notes *notes)
{
    notes->count = 0;
    pthread_mutex_init(&notes->lock, NULL);
}

void
notes_close(struct notes *notes)
{
    pthread_mutex_destroy(&notes->lock);
}

static bool
is_same(const struct note *a, const struct note *b)
{
    return a->merchant.v == b->merchant.v && a->id == b->id && a->kind == b->kind;
}

static struct note *
find_slot(struct notes *notes, const struct note *wanted)
{
    /* Ids count up in their low bits; the multiplication (2^64 / golden ratio) spreads them. */
    uint64_t hash = ((uint64_t)wanted->id ^ wanted->kind) * UINT64_C(0x9E3779B97F4A7C15);
    unsigned i = (unsigned)(hash >> 32) & (NOTE_SLOTS - 1);

    while (notes->slots[i].merchant.v != 0 && !is_same(&notes->slots[i], wanted)) {
        i = (i + 1) & (NOTE_SLOTS - 1);
    }
    return &notes->slots[i];
}

void
notes_add(struct notes *notes, const struct note *note)
{
    ASSERT(note->merchant.v != 0);
    pthread_mutex_lock(&notes->lock);
    struct note *slot = find_slot(notes, note);
    if (slot->merchant.v != 0) {
        if (slot->at_us < note->at_us) slot->at_us = note->at_us;
    } else if (notes->count < NOTES_MAX) {
        *slot = *note;
        notes->count++;
    }
    pthread_mutex_unlock(&notes->lock);
}

int
notes_take(struct notes *notes, struct note *taken)
{
    int count = 0;

    pthread_mutex_lock(&notes->lock);
    for (int i = 0; i < NOTE_SLOTS && notes->count > 0; i++) {
        if (notes->slots[i].merchant.v == 0) continue;
        taken[count++] = notes->slots[i];
        notes->slots[i] = (struct note){0};
        notes->count--;
    }
    pthread_mutex_unlock(&notes->lock);
    return count;
}
