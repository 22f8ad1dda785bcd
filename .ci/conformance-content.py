"""Puts images into a registry before the conformance program runs.

usage: conformance-content.py HOST:PORT other-images|shared-blobs REPOSITORY…

other-images pushes images of which no blob is the empty one or {}, which the program pushes and
deletes; shared-blobs pushes images of just those.
"""

import hashlib
import json
import sys
import urllib.request

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"


def send(method, url, body=b"", kind="application/octet-stream"):
    request = urllib.request.Request(url, body, {"Content-Type": kind}, method=method)
    with urllib.request.urlopen(request) as answer:
        return answer.status


def digest_of(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def push_blob(repository, content, kind):
    digest = digest_of(content)
    send("POST", f"{repository}/blobs/uploads/?digest={digest}", content)
    return {"mediaType": kind, "digest": digest, "size": len(content)}


def push_image(repository, tag, config, layers, **more):
    document = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": push_blob(repository, config, CONFIG),
        "layers": [push_blob(repository, layer, LAYER) for layer in layers],
        **more,
    }
    content = json.dumps(document).encode()
    send("PUT", f"{repository}/manifests/{tag}", content, MANIFEST)
    return {"mediaType": MANIFEST, "digest": digest_of(content), "size": len(content)}


def main(address, what, *names):
    for name in names:
        repository = f"http://{address}/v2/{name}"
        own = [b"one layer of " + name.encode(), b"another layer of " + name.encode()]
        shared = what == "shared-blobs"
        config = b"{}" if shared else json.dumps({"of": name}).encode()
        image = push_image(repository, "kept", config, [b"", *own] if shared else own)
        push_image(
            repository,
            "kept-about",
            config,
            own[1:],
            subject=image,
            artifactType="application/vnd.example.about",
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
