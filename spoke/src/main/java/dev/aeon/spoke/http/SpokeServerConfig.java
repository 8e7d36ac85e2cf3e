package dev.aeon.spoke.http;

import java.nio.file.Path;

/**
 * How a server runs.
 *
 * @param host the address to bind; loopback keeps it to this machine
 * @param port 0 lets the system choose
 * @param storageFolder created where it is missing
 */
public record SpokeServerConfig(String host, int port, Path storageFolder) {
  /** On a free port of the loopback address. */
  public static SpokeServerConfig embedded(Path storageFolder) {
    return new SpokeServerConfig("127.0.0.1", 0, storageFolder);
  }
}
