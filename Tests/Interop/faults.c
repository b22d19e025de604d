/* A disk that fails, for a program that knows nothing of it: clang -shared -fPIC -o faults.so faults.c, then
   LD_PRELOAD=faults.so FAULT_IN=/folder FAULT_AT=n FAULT=eio|full|kill carnet …

   Counts every call that changes a file under FAULT_IN or makes it durable. The n-th fails, and with FAULT_ON=1 all that
   come after it; with `kill` the process ends before it. FAULT_LOG names a file to which the count is written at the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long count;

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int is_inside(const char *path) {
  const char *folder = getenv("FAULT_IN");
  if (!folder || !path) return 0;
  size_t length = strlen(folder);
  if (path[0] == '/') return !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
  char whole[PATH_MAX];
  if (!getcwd(whole, sizeof whole)) return 0;
  return !strncmp(whole, folder, length) && (whole[length] == '/' || !whole[length]);
}

static int is_file_inside(int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return path[0] == '/' && is_inside(path);
}

/* The error that this call is to fail with, 0 for none. */
static int fault(void) {
  const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT");
  long number = atomic_fetch_add(&count, 1) + 1;
  if (!at || !kind) return 0;
  if (number != atol(at) && !(getenv("FAULT_ON") && number > atol(at))) return 0;
  if (!strcmp(kind, "kill")) kill(getpid(), SIGKILL);
  return !strcmp(kind, "full") ? ENOSPC : EIO;
}

#define FAIL_IF(condition) \
  do { \
    int code = (condition) ? fault() : 0; \
    if (code) { \
      errno = code; \
      return -1; \
    } \
  } while (0)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, #name, const char *, int, ...); \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = va_arg(rest, mode_t); \
    va_end(rest); \
    FAIL_IF((flags & O_CREAT) && is_inside(path)); \
    return real(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

#define ON_FILE(result, name, parameters, types, arguments) \
  result name parameters { \
    REAL(result, #name, types); \
    FAIL_IF(is_file_inside(file)); \
    return real arguments; \
  }
#define TYPES(...) __VA_ARGS__
ON_FILE(ssize_t, write, (int file, const void *bytes, size_t size), TYPES(int, const void *, size_t), (file, bytes, size))
ON_FILE(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t at), TYPES(int, const void *, size_t, off_t), (file, bytes, size, at))
ON_FILE(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t at), TYPES(int, const void *, size_t, off64_t), (file, bytes, size, at))
ON_FILE(int, fsync, (int file), TYPES(int), (file))
ON_FILE(int, fdatasync, (int file), TYPES(int), (file))
ON_FILE(int, ftruncate, (int file, off_t size), TYPES(int, off_t), (file, size))
ON_FILE(int, ftruncate64, (int file, off64_t size), TYPES(int, off64_t), (file, size))

#define ON_PATH(name, parameters, types, arguments) \
  int name parameters { \
    REAL(int, #name, types); \
    FAIL_IF(is_inside(path)); \
    return real arguments; \
  }
ON_PATH(rename, (const char *path, const char *to), TYPES(const char *, const char *), (path, to))
ON_PATH(link, (const char *path, const char *to), TYPES(const char *, const char *), (path, to))
ON_PATH(unlink, (const char *path), TYPES(const char *), (path))
ON_PATH(mkdir, (const char *path, mode_t mode), TYPES(const char *, mode_t), (path, mode))

__attribute__((destructor)) static void report(void) {
  const char *path = getenv("FAULT_LOG");
  FILE *log = path ? fopen(path, "w") : NULL;
  if (!log) return;
  fprintf(log, "%ld\n", atomic_load(&count));
  fclose(log);
}
