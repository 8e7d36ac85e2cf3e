package dev.aeon.checks.bench.view;

/** Messages of type {@code dev.aeon.checks.bench.view.Trade} at fixed places: 24 bytes. */
public final class TradeRecord extends dev.aeon.slabs.record.SlabRecord {
  /** The name of the message. */
  public static final String NAME = "dev.aeon.checks.bench.view.Trade";

  /** Bytes of a record. */
  public static final int BYTE_SIZE = 24;

  /** Stands for every name, type and place: who agrees on it reads what the other wrote. */
  public static final long SCHEMA_ID = 0x6634d439f9ca74a1L;

  /** A window that is placed nowhere yet. */
  public TradeRecord() {
    super(BYTE_SIZE);
  }

  /** Places the window at an offset that is a multiple of 8; the bytes stay as they are. */
  public TradeRecord over(java.lang.foreign.MemorySegment memory, long byteOffset) {
    place(memory, byteOffset);
    return this;
  }

  /** {@code id}. */
  public long getId() {
    return longAt(0);
  }

  /** Writes {@code id}. */
  public void setId(long value) {
    setLongAt(0, value);
  }

  /** {@code price}. */
  public double getPrice() {
    return doubleAt(8);
  }

  /** Writes {@code price}. */
  public void setPrice(double value) {
    setDoubleAt(8, value);
  }

  /** {@code quantity}. */
  public int getQuantity() {
    return intAt(16);
  }

  /** Writes {@code quantity}. */
  public void setQuantity(int value) {
    setIntAt(16, value);
  }

  /** {@code taker}. */
  public boolean getTaker() {
    return booleanAt(20);
  }

  /** Writes {@code taker}. */
  public void setTaker(boolean value) {
    setBooleanAt(20, value);
  }
}
