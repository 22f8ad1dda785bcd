package dev.stowage.maintenance;

/**
 * What an expiry of uploads did.
 *
 * @param uploads how many were cancelled
 * @param bytes how many bytes had been received for them
 * @param open how many stay open
 */
public record UploadExpiryReport(long uploads, long bytes, long open) {}
