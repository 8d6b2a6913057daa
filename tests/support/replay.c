/*
 * replay — gives a fuzz target each file of the folders named, once.
 *
 * Linked in place of libFuzzer, so that inputs that once broke something stay tested by any
 * compiler. A target that does not like an input stops the program by itself.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_LEN_MAX = 4 << 20 };

static void
replay_file(const char *path)
{
    uint8_t *content = malloc(INPUT_LEN_MAX);
    FILE *file = fopen(path, "rb");

    if (!content || !file) {
        perror(path);
        exit(1);
    }
    size_t len = fread(content, 1, INPUT_LEN_MAX, file);
    fclose(file);

    /* A block of exactly its size, so that a sanitizer sees a read past its end. */
    uint8_t *exact = realloc(content, len > 0 ? len : 1);
    LLVMFuzzerTestOneInput(exact ? exact : content, len);
    free(exact ? exact : content);
}

static int
replay_folder(const char *folder)
{
    int count = 0;
    char path[4096];
    DIR *dir = opendir(folder);

    if (!dir) {
        perror(folder);
        exit(1);
    }
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        int len = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (len < 0 || (size_t)len >= sizeof path) continue;
        printf("%s\n", entry->d_name);
        fflush(stdout);
        replay_file(path);
        count++;
    }
    closedir(dir);
    return count;
}

int
main(int argc, char **argv)
{
    int count = 0;

    for (int i = 1; i < argc; i++)
        count += replay_folder(argv[i]);
    if (count == 0) fprintf(stderr, "no inputs\n");
    return count == 0;
}
