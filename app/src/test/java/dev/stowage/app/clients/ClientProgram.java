package dev.stowage.app.clients;

import java.nio.file.Files;
import java.nio.file.Path;

/** A client program that Debian packages, and the path at which the package puts it. */
enum ClientProgram {
  SKOPEO("/usr/bin/skopeo", "skopeo", false),
  BUILDAH("/usr/bin/buildah", "buildah", true),
  PODMAN("/usr/bin/podman", "podman crun", true),
  DOCKER("/usr/bin/docker", "docker.io containerd runc", true),
  DOCKERD("/usr/sbin/dockerd", "docker.io containerd runc", true),
  CTR("/usr/bin/ctr", "containerd runc", true),
  CONTAINERD("/usr/bin/containerd", "containerd runc", true);

  private final Path path;
  private final String packages;
  private final boolean root;

  ClientProgram(String path, String packages, boolean root) {
    this.path = Path.of(path);
    this.packages = packages;
    this.root = root;
  }

  /** The full path: another program of that name may stand first in the search path. */
  String path() {
    return path.toString();
  }

  boolean installed() {
    return Files.isExecutable(path);
  }

  String installation() {
    return "apt-get install -y --no-install-recommends " + packages;
  }

  /** Whether it mounts or changes owners, which only root may. */
  boolean needsRoot() {
    return root;
  }
}
