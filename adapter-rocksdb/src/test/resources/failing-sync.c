/*
 * Makes forces fail as a dying disk does: while the file that STOWAGE_FAILING_SYNC names exists,
 * fsync and fdatasync of a file whose path contains that file's text end with EIO.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int fd) {
  const char *name = getenv("STOWAGE_FAILING_SYNC");
  char part[256], link[64], path[4096];
  if (name == NULL) {
    return 0;
  }
  int flag = open(name, O_RDONLY | O_CLOEXEC);
  if (flag < 0) {
    return 0;
  }
  ssize_t size = read(flag, part, sizeof part - 1);
  close(flag);
  part[size < 0 ? 0 : size] = 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  size = readlink(link, path, sizeof path - 1);
  path[size < 0 ? 0 : size] = 0;
  return strstr(path, part) != NULL;
}

int fsync(int fd) {
  int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
  if (fails(fd)) {
    errno = EIO;
    return -1;
  }
  return real(fd);
}

int fdatasync(int fd) {
  int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
  if (fails(fd)) {
    errno = EIO;
    return -1;
  }
  return real(fd);
}
