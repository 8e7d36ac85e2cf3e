package dev.aeon.spoke.validate.image;

import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import org.jspecify.annotations.Nullable;

/** A value of an enum. */
public final class EnumValueElement extends Element {
  private static final int NUMBER = 2;

  private final EnumElement enumElement;
  private final EnumValueDescriptorProto proto;

  EnumValueElement(EnumElement enumElement, int[] path, EnumValueDescriptorProto proto) {
    super(enumElement.file(), enumElement.parent(), path, proto.getName());
    this.enumElement = enumElement;
    this.proto = proto;
  }

  public EnumElement enumElement() {
    return enumElement;
  }

  public int number() {
    return proto.getNumber();
  }

  public @Nullable Place numberPlace() {
    return placeOf(NUMBER);
  }

  @Override
  public String nestedName() {
    return enumElement.nestedName() + "." + name();
  }

  @Override
  public Features features() {
    return enumElement.features().with(proto.getOptions().getFeatures());
  }
}
