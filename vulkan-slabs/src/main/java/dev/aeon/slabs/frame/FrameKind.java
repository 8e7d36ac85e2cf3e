package dev.aeon.slabs.frame;

/** What a {@link Frame} is about. */
public enum FrameKind {
  /** A message, and the question that a reply answers. */
  REQUEST(1),
  /** The answer to the request of the same id. */
  REPLY(2),
  /** In place of an answer: why there is none, as UTF-8. */
  FAILURE(3),
  /** One of several answers to the same request. */
  ITEM(4),
  /** Ends the items of a request. */
  END(5),
  /** A request for every shard; their answers come as one. */
  GATHER(6),
  /** Asks for what is published to a topic. */
  SUBSCRIBE(7),
  /** Takes {@link #SUBSCRIBE} back. */
  UNSUBSCRIBE(8),
  /** News for a topic's subscribers. */
  PUBLISH(9);

  private static final FrameKind[] BY_CODE = new FrameKind[10];

  static {
    for (FrameKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;

  FrameKind(int code) {
    this.code = code;
  }

  /** The number that stands for it in a frame. */
  public int code() {
    return code;
  }

  /**
   * The kind of a number.
   *
   * @throws FrameException where it stands for none
   */
  public static FrameKind ofCode(int code) {
    FrameKind kind = code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    if (kind == null) {
      throw new FrameException("frame is of no known kind: kind=" + code);
    }
    return kind;
  }
}
