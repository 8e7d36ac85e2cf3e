package dev.aeon.slabs.rpc;

/** Serves requests. */
@FunctionalInterface
public interface RequestHandler {
  /**
   * Called on the serving thread for one request at a time, those of one client in their order. An
   * exception becomes the client's {@link RemoteFailureException}. Must not block: other clients
   * wait.
   *
   * @return false to be handed the same request again later, as where its answer found no room
   */
  boolean onRequest(Request request);
}
