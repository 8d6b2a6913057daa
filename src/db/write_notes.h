/* write_notes — the bounded, merged list behind write_lane_note. For write_lane only. */
#pragma once
#include "db/write_lane.h"
#include <pthread.h>

enum { NOTES_MAX = 256, NOTE_SLOTS = 512 };

struct note {
    merchant_id merchant; /* 0: the slot is free */
    int64_t id, at_us;
    enum write_note kind;
};
struct notes {
    pthread_mutex_t lock;
    int count;
    struct note slots[NOTE_SLOTS];
};

void notes_open(struct notes *notes);
void notes_close(struct notes *notes);
void notes_add(struct notes *notes, const struct note *note);
/* Moves all of them to `taken` (room for NOTES_MAX) and tells how many. */
int notes_take(struct notes *notes, struct note *taken);
