package dev.stowage.app.clients;

import java.nio.file.Files;
import java.nio.file.Path;

/** A client program, and the path at which its installation puts it. */
enum ClientProgram {
  SKOPEO("/usr/bin/skopeo", "skopeo", false),
  BUILDAH("/usr/bin/buildah", "buildah", true),
  PODMAN("/usr/bin/podman", "podman crun", true),
  DOCKER("/usr/bin/docker", "docker.io containerd runc", true),
  DOCKERD("/usr/sbin/dockerd", "docker.io containerd runc", true),
  CTR("/usr/bin/ctr", "containerd runc", true),
  CONTAINERD("/usr/bin/containerd", "containerd runc", true),
  DOCKER_REGISTRY("/usr/bin/docker-registry", "docker-registry", false),
  CRANE("crane"),
  ORAS("oras"),
  REGCTL("regctl"),
  HELM("helm");

  private final Path path;
  private final String installation;
  private final boolean root;
  private final String versionCommand;

  /** A program that Debian packages. */
  ClientProgram(String path, String packages, boolean root) {
    this.path = Path.of(path);
    this.installation = "apt-get install -y --no-install-recommends " + packages;
    this.root = root;
    this.versionCommand = "--version";
  }

  /** A program that is built from its Go module, beside this module's directory. */
  ClientProgram(String name) {
    this.path = Path.of("..", ".tools", "bin", name).toAbsolutePath().normalize();
    this.installation = ".ci/install-clients";
    this.root = false;
    this.versionCommand = "version";
  }

  /** The full path: another program of that name may stand first in the search path. */
  String path() {
    return path.toString();
  }

  boolean installed() {
    return Files.isExecutable(path);
  }

  String installation() {
    return installation;
  }

  /** The argument with which it says its version. */
  String versionCommand() {
    return versionCommand;
  }

  /** Whether it mounts or changes owners, which only root may. */
  boolean needsRoot() {
    return root;
  }
}
