/* Preloaded beneath a Python process: the n-th change to a folder fails, or kills the process.
   Counts writes, syncs, renames, truncations, removals, and files and folders made or opened to be
   written. Knows paths only: every library beneath Python comes past here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static size_t folder_length;
static atomic_long calls;
static long fails_at;
static int fails_with, stays_broken;

#define REAL(result, name, ...)                                          \
    static result (*real)(__VA_ARGS__);                                  \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* error 0 kills; with `stays` every later change fails as well; at 0 only counts. */
void torture_arm(const char *path, long at, int error, int stays) {
    strncpy(folder, path, sizeof folder - 1);
    folder_length = strlen(folder);
    atomic_store(&calls, 0);
    fails_at = at;
    fails_with = error;
    stays_broken = stays;
}

long torture_calls(void) { return atomic_load(&calls); }

static int is_inside(const char *path) {
    return folder_length && path && !strncmp(path, folder, folder_length) &&
           (path[folder_length] == '/' || path[folder_length] == 0);
}

static int is_ours(int file) {
    char link[64], path[PATH_MAX];
    if (!folder_length) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_inside(path);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* 0: go on. 1: fail with errno set. 2: about to be killed; the caller may tear its write first. */
static int is_due(void) {
    long now = atomic_fetch_add(&calls, 1) + 1;
    if (!fails_at || now < fails_at || (now > fails_at && !stays_broken)) return 0;
    if (!fails_with) return 2;
    errno = fails_with;
    return 1;
}

#define FAIL_OR_DIE(mine, failed)              \
    if (mine) {                                \
        int due = is_due();                    \
        if (due == 2) die();                   \
        if (due == 1) return failed;           \
    }

ssize_t write(int file, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (is_ours(file)) {
        int due = is_due();
        if (due == 2) { real(file, data, size / 2); die(); }
        if (due == 1) return -1;
    }
    return real(file, data, size);
}

static ssize_t torn_pwrite(int file, const void *data, size_t size, off_t place) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
    if (is_ours(file)) {
        int due = is_due();
        if (due == 2) { real(file, data, size / 2, place); die(); }
        if (due == 1) return -1;
    }
    return real(file, data, size, place);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t place) {
    return torn_pwrite(file, data, size, place);
}

ssize_t pwrite64(int file, const void *data, size_t size, off_t place) {
    return torn_pwrite(file, data, size, place);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    FAIL_OR_DIE(is_ours(file), -1)
    return real(file, parts, count);
}

int fsync(int file) {
    REAL(int, "fsync", int);
    FAIL_OR_DIE(is_ours(file), -1)
    return real(file);
}

int fdatasync(int file) {
    REAL(int, "fdatasync", int);
    FAIL_OR_DIE(is_ours(file), -1)
    return real(file);
}

int ftruncate(int file, off_t size) {
    REAL(int, "ftruncate", int, off_t);
    FAIL_OR_DIE(is_ours(file), -1)
    return real(file, size);
}

int ftruncate64(int file, off_t size) {
    REAL(int, "ftruncate64", int, off_t);
    FAIL_OR_DIE(is_ours(file), -1)
    return real(file, size);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    FAIL_OR_DIE(is_inside(to), -1)
    return real(from, to);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    FAIL_OR_DIE(is_inside(path), -1)
    return real(path);
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    FAIL_OR_DIE(is_inside(path), -1)
    return real(path, mode);
}

static int changes(const char *path, int flags) {
    return (flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR)) && is_inside(path);
}

static mode_t mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name)                                                       \
    int name(const char *path, int flags, ...) {                         \
        REAL(int, #name, const char *, int, ...);                        \
        va_list rest;                                                    \
        va_start(rest, flags);                                           \
        mode_t mode = mode_of(flags, rest);                              \
        va_end(rest);                                                    \
        FAIL_OR_DIE(changes(path, flags), -1)                            \
        return real(path, flags, mode);                                  \
    }

#define OPENAT(name)                                                     \
    int name(int at, const char *path, int flags, ...) {                 \
        REAL(int, #name, int, const char *, int, ...);                   \
        va_list rest;                                                    \
        va_start(rest, flags);                                           \
        mode_t mode = mode_of(flags, rest);                              \
        va_end(rest);                                                    \
        FAIL_OR_DIE(changes(path, flags), -1)                            \
        return real(at, path, flags, mode);                              \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
