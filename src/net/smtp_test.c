/* smtp_test — an e-mail's text. Handing it over is tests/contract/mail.test.mjs. */
#define _GNU_SOURCE /* memmem */
#include "base/arena.h"
#include "net/smtp.h"
#include "support/test.h"

static struct str
format(struct arena *arena, struct str subject, struct str body)
{
    return smtp_format(arena, &(struct smtp_mail){
                                  .from = STR("shop@example.org"),
                                  .to = STR("anne@example.org"),
                                  .subject = subject,
                                  .body = body,
                                  .id = STR("msg_1"),
                                  .created_us = INT64_C(1772452749120000),
                              });
}

static bool
has(struct str text, const char *part)
{
    return memmem(text.at, text.len, part, strlen(part)) != NULL;
}

TEST(a_message_has_what_every_mailbox_wants)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    struct str text = format(&arena, STR("123456, your code"), STR("Hello"));
    EXPECT_TRUE(str_starts(text, STR("From: <shop@example.org>\r\nTo: <anne@example.org>\r\n")));
    EXPECT_TRUE(has(text, "\r\nSubject: 123456, your code\r\n"));
    EXPECT_TRUE(has(text, "\r\nDate: Mon, 2 Mar 2026 11:59:09 +0000\r\n"));
    EXPECT_TRUE(has(text, "\r\nMessage-ID: <msg_1@example.org>\r\n"));
    EXPECT_TRUE(has(text, "\r\n\r\nSGVsbG8=\r\n"));
    arena_close(&arena);
}

TEST(a_subject_cannot_begin_another_header)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    struct str text = format(&arena, STR("Bell\r\nBcc: everybody@example.org"), STR("Hello"));
    EXPECT_TRUE(!has(text, "Bcc:"));
    EXPECT_TRUE(has(text, "\r\nSubject: =?UTF-8?B?"));
    arena_close(&arena);
}

/* 43 bytes: the é would be cut after its first byte. */
TEST(no_character_is_cut_in_two_words)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    struct str text =
        format(&arena, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xc3\xa9"), STR(""));
    EXPECT_TRUE(has(text, "=?UTF-8?B?YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=?=\r\n"
                          " =?UTF-8?B?w6k=?=\r\n"));
    arena_close(&arena);
}

TEST(a_long_body_is_in_short_lines)
{
    char body[1000];
    struct arena arena;
    size_t line = 0;

    memset(body, 'x', sizeof body);
    arena_open(&arena, ARENA_REQUEST_MAX);
    struct str text = format(&arena, STR("x"), (struct str){body, sizeof body});
    for (size_t i = 0; i < text.len; i++) {
        line = text.at[i] == '\n' ? 0 : line + 1;
        EXPECT_TRUE(line <= 78);
    }
    EXPECT_INT(0, line);
    arena_close(&arena);
}

TESTS(RUN(a_message_has_what_every_mailbox_wants), RUN(a_subject_cannot_begin_another_header),
      RUN(no_character_is_cut_in_two_words), RUN(a_long_body_is_in_short_lines))
