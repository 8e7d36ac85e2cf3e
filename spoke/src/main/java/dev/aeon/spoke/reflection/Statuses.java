package dev.aeon.spoke.reflection;

import dev.aeon.spoke.model.SpokeException;
import io.grpc.Status;

/** Refusals as gRPC says them. */
final class Statuses {
  private Statuses() {}

  static Status of(SpokeException e) {
    return status(e.code()).withDescription(e.getMessage());
  }

  private static Status status(SpokeException.Code code) {
    return switch (code) {
      case INVALID_REQUEST -> Status.INVALID_ARGUMENT;
      case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
      case FORBIDDEN -> Status.PERMISSION_DENIED;
      case NOT_FOUND -> Status.NOT_FOUND;
      case TOO_MANY_REQUESTS -> Status.RESOURCE_EXHAUSTED;
      default -> Status.INTERNAL;
    };
  }
}
