package dev.aeon.spoke.api;

import java.util.List;

/**
 * A graph of versions, each {@code module@version}.
 *
 * @param edges nearest to the root first
 */
public record GraphInfo(String root, List<Edge> edges) {
  /** A version, and one that it depends on. */
  public record Edge(String user, String used) {}
}
