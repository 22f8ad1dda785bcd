/*
 * A disk that keeps nothing but what was forced, for a process that is preloaded with this.
 *
 * Whatever the process forces beneath STRICT_DISK_ROOT is copied into STRICT_DISK_SHADOW: of a file
 * its bytes, of a directory its names. The force itself does no more than that. What the shadow
 * holds when the process is killed is all that a power cut at that moment may be relied on to leave:
 * no page is written early, no name is kept by somebody else's force, no rename is kept by chance.
 *
 * A file is known by its inode and the time of its birth, since inodes are used again.
 *
 *   f-KEY   the bytes of a file, as they were forced last
 *   d-KEY   the names of a directory, as they were forced last: one "KEY TYPE NAME" a line
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define KEY 64

static void die(const char *what) {
  fprintf(stderr, "strict disk: %s: %s\n", what, strerror(errno));
  abort();
}

static void key_of(int directory, const char *name, int flags, char *key, mode_t *mode) {
  struct statx s;
  if (statx(directory, name, flags, STATX_BASIC_STATS | STATX_BTIME, &s) != 0) {
    key[0] = 0;
    return;
  }
  if (!(s.stx_mask & STATX_BTIME)) {
    errno = ENOTSUP;
    die("the file system knows no time of birth");
  }
  snprintf(key, KEY, "%llu-%lld.%09u", (unsigned long long)s.stx_ino,
           (long long)s.stx_btime.tv_sec, s.stx_btime.tv_nsec);
  *mode = s.stx_mode;
}

/* Opens a new file of the shadow, and says under which name it has to be moved when it is whole. */
static int shadow_open(char kind, const char *key, char *unfinished, char *finished) {
  static atomic_ulong count;
  const char *shadow = getenv("STRICT_DISK_SHADOW");
  snprintf(finished, PATH_MAX, "%s/%c-%s", shadow, kind, key);
  snprintf(unfinished, PATH_MAX, "%s/unfinished-%lu", shadow, atomic_fetch_add(&count, 1));
  int fd = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) die(unfinished);
  return fd;
}

static void write_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t n = write(fd, bytes, length);
    if (n < 0) die("writing the shadow");
    bytes += n;
    length -= n;
  }
}

static void keep_file(int fd, const char *key) {
  char path[64], unfinished[PATH_MAX], finished[PATH_MAX], buffer[65536];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  int in = open(path, O_RDONLY | O_CLOEXEC);
  if (in < 0) die("reading what was forced");
  int out = shadow_open('f', key, unfinished, finished);
  ssize_t n;
  while ((n = read(in, buffer, sizeof buffer)) > 0) write_all(out, buffer, n);
  if (n < 0) die("reading what was forced");
  close(in);
  close(out);
  if (rename(unfinished, finished) != 0) die(finished);
}

static void keep_directory(int fd, const char *key) {
  char unfinished[PATH_MAX], finished[PATH_MAX], line[PATH_MAX], child[KEY];
  int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *directory = copy < 0 ? NULL : fdopendir(copy);
  if (directory == NULL) die("listing what was forced");
  int out = shadow_open('d', key, unfinished, finished);
  struct dirent *entry;
  while ((entry = readdir(directory)) != NULL) {
    mode_t mode;
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    key_of(copy, entry->d_name, AT_SYMLINK_NOFOLLOW, child, &mode);
    if (!child[0] || !(S_ISREG(mode) || S_ISDIR(mode))) continue;
    int length = snprintf(line, sizeof line, "%s %c %s\n", child, S_ISDIR(mode) ? 'd' : 'f',
                          entry->d_name);
    write_all(out, line, length);
  }
  closedir(directory);
  close(out);
  if (rename(unfinished, finished) != 0) die(finished);
}

/* So that cuts come in the middle of forces too. */
static void take_time(void) {
  const char *most = getenv("STRICT_DISK_MICROSECONDS");
  if (most != NULL && atoi(most) > 0) {
    static _Thread_local unsigned seed;
    if (!seed) seed = (unsigned)time(NULL) ^ (unsigned)gettid();
    usleep(rand_r(&seed) % atoi(most));
  }
}

static int force(int fd) {
  char link[64], path[PATH_MAX], key[KEY];
  const char *root = getenv("STRICT_DISK_ROOT");
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) {
    errno = EBADF;
    return -1;
  }
  path[length] = 0;
  if (root == NULL || strncmp(path, root, strlen(root)) != 0) return 0;
  mode_t mode = 0;
  key_of(fd, "", AT_EMPTY_PATH, key, &mode);
  if (!key[0]) die(path);
  take_time();
  if (S_ISDIR(mode)) keep_directory(fd, key);
  if (S_ISREG(mode)) keep_file(fd, key);
  return 0;
}

int fsync(int fd) { return force(fd); }
int fdatasync(int fd) { return force(fd); }
