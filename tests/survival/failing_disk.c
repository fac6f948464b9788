/* Lets a test make the disk fail: after arm(kind, n) the n-th call of that kind, and every one after it, gives EIO. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char armed[8];
static long left;

void arm(const char *kind, long n) { strncpy(armed, kind, sizeof armed - 1); left = n; }

static int fails(const char *kind) {
    if (strcmp(armed, kind) != 0 || --left > 0) return 0;
    errno = EIO;
    return 1;
}

#define PASS(name, type, arguments, ...) \
    static type (*real)arguments; \
    if (!real) real = dlsym(RTLD_NEXT, name); \
    return real(__VA_ARGS__)

ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
    if (fails("read")) return -1;
    PASS("pread64", ssize_t, (int, void *, size_t, off64_t), fd, to, size, at);
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
    if (fails("write")) return -1;
    PASS("pwrite64", ssize_t, (int, const void *, size_t, off64_t), fd, from, size, at);
}
int fsync(int fd) {
    if (fails("sync")) return -1;
    PASS("fsync", int, (int), fd);
}
int fdatasync(int fd) {
    if (fails("sync")) return -1;
    PASS("fdatasync", int, (int), fd);
}
