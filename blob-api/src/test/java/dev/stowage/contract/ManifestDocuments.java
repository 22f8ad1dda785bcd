package dev.stowage.contract;

import dev.stowage.blob.MediaType;

/** Manifests as clients push them. */
final class ManifestDocuments {
  static final MediaType OCI_IMAGE = new MediaType("application/vnd.oci.image.manifest.v1+json");
  static final MediaType OCI_INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
  static final MediaType DOCKER_IMAGE =
      new MediaType("application/vnd.docker.distribution.manifest.v2+json");
  static final MediaType DOCKER_LIST =
      new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
  static final MediaType OCI_ARTIFACT =
      new MediaType("application/vnd.oci.artifact.manifest.v1+json");

  /** Digests of one repeated digit, which are enough to tell references apart. */
  static final String A = "sha256:" + "a".repeat(64);

  static final String B = "sha256:" + "b".repeat(64);
  static final String C = "sha256:" + "c".repeat(64);
  static final String LONG = "sha512:" + "d".repeat(128);

  /** {@code docker push} from the classic image store. */
  static final String DOCKER =
      """
      {
         "schemaVersion": 2,
         "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
         "config": {
            "mediaType": "application/vnd.docker.container.image.v1+json",
            "size": 7023,
            "digest": "%1$s"
         },
         "layers": [
            {
               "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
               "size": 32654,
               "digest": "%2$s"
            },
            {
               "mediaType": "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
               "size": 1674092,
               "digest": "%3$s",
               "urls": ["https://layers.example.com/v2/base/blobs/%3$s"]
            }
         ]
      }\
      """
          .formatted(A, B, C);

  /** {@code docker manifest push}. */
  static final String DOCKER_MANIFEST_LIST =
      """
      {
         "schemaVersion": 2,
         "mediaType": "application/vnd.docker.distribution.manifest.list.v2+json",
         "manifests": [
            {
               "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
               "size": 7143,
               "digest": "%1$s",
               "platform": {"architecture": "ppc64le", "os": "linux"}
            },
            {
               "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
               "size": 7682,
               "digest": "%2$s",
               "platform": {
                  "architecture": "amd64",
                  "os": "windows",
                  "os.version": "10.0.20348.2700",
                  "os.features": ["win32k"],
                  "features": ["sse4"]
               }
            }
         ]
      }\
      """
          .formatted(A, B);

  /** umoci, which leaves the media type to the header. */
  static final String UMOCI =
      "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
          + "\"digest\":\""
          + A
          + "\",\"size\":604},\"layers\":[{\"mediaType\":"
          + "\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\""
          + B
          + "\",\"size\":2811478}]}";

  /** {@code helm push}, of a chart with provenance. */
  static final String HELM =
      """
      {"schemaVersion":2,"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json",\
      "digest":"%1$s","size":117},"layers":[\
      {"mediaType":"application/vnd.cncf.helm.chart.provenance.v1.prov","digest":"%2$s","size":895},\
      {"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"%3$s",\
      "size":2487}],"annotations":{"org.opencontainers.image.created":"2026-01-01T00:00:00Z",\
      "org.opencontainers.image.description":"Grüße, 世界 \\u0026 \\ud83d\\ude80",\
      "org.opencontainers.image.title":"mychart"}}\
      """
          .formatted(A, B, C);

  /** {@code cosign sign}, in the form of a tagged image. */
  static final String COSIGN =
      """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":\
      {"mediaType":"application/vnd.oci.image.config.v1+json","size":233,"digest":"%1$s"},\
      "layers":[{"mediaType":"application/vnd.dev.cosign.simplesigning.v1+json","size":246,\
      "digest":"%2$s","annotations":{"dev.cosignproject.cosign/signature":"MEUCIQDx+/=",\
      "dev.sigstore.cosign/bundle":"{\\"SignedEntryTimestamp\\":\\"MEQ\\"}"}}]}\
      """
          .formatted(A, B);

  /** {@code oras attach}: the empty config with its data, and a subject. */
  static final String ORAS_ATTACH =
      """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
      "artifactType":"application/vnd.example.sbom+json","config":{\
      "mediaType":"application/vnd.oci.empty.v1+json","digest":\
      "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2,\
      "data":"e30="},"layers":[{"mediaType":"application/spdx+json","digest":"%1$s","size":12,\
      "annotations":{"org.opencontainers.image.title":"sbom.json"}}],"subject":{\
      "mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%2$s","size":588},\
      "annotations":{"org.opencontainers.image.created":"2026-01-01T00:00:00Z"}}\
      """
          .formatted(A, B);

  /** {@code docker buildx build --push} with an attestation, here with an index as a child. */
  static final String NESTED_INDEX =
      """
      {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [
          {
            "mediaType": "application/vnd.oci.image.index.v1+json",
            "digest": "%1$s",
            "size": 856
          },
          {
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": "%2$s",
            "size": 566,
            "artifactType": "application/vnd.in-toto+json",
            "annotations": {
              "vnd.docker.reference.digest": "%3$s",
              "vnd.docker.reference.type": "attestation-manifest"
            },
            "platform": {"architecture": "unknown", "os": "unknown"}
          }
        ],
        "subject": {
          "mediaType": "application/vnd.oci.image.index.v1+json",
          "digest": "%3$s",
          "size": 7
        },
        "annotations": {"com.example.key": ""}
      }\
      """
          .formatted(A, B, C);

  /** The artifact manifest that the OCI specification had in release candidates of 1.1. */
  static final String ARTIFACT =
      """
      {"mediaType":"application/vnd.oci.artifact.manifest.v1+json",\
      "artifactType":"application/vnd.example.wasm.v1","blobs":[{"mediaType":"application/wasm",\
      "size":123,"digest":"%1$s"},{"mediaType":"text/plain","size":0,"digest":"%2$s"}],\
      "subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":1,\
      "digest":"%3$s"}}\
      """
          .formatted(A, B, LONG);

  private ManifestDocuments() {}

  /** A descriptor of three fields. */
  static String descriptor(String digest) {
    return descriptor("\"application/octet-stream\"", "5", "\"" + digest + "\"");
  }

  /** A descriptor of three values, each as it stands in the document. */
  static String descriptor(String mediaType, String size, String digest) {
    return "{\"mediaType\":%s,\"size\":%s,\"digest\":%s}".formatted(mediaType, size, digest);
  }

  /** An image of one layer, of which the descriptor is given. */
  static String imageWithLayer(String descriptor) {
    return image("\"layers\":[" + descriptor + "]");
  }

  /** An image that lacks what the given fields say. */
  static String image(String fields) {
    return "{\"schemaVersion\":2,\"config\":%s,%s}".formatted(descriptor(A), fields);
  }

  /** An image without layers, and further fields. */
  static String imageWith(String fields) {
    return image("\"layers\":[]," + fields);
  }
}
