package dev.aeon.spoke.http;

import dev.aeon.spoke.api.SprocketInfo;
import dev.aeon.spoke.sprocket.SprocketStatus;
import java.util.List;

/** How far the workers are that compile what is published. */
final class SprocketEndpoints {
  private final SprocketStatus status;

  SprocketEndpoints(SprocketStatus status) {
    this.status = status;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get(
            "/sprocket",
            "How far the workers are that compile what is published",
            SprocketInfo.class,
            _ -> Answer.json(status.read())));
  }
}
