package dev.aeon.spoke.validate.image;

import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import java.util.ArrayList;
import java.util.List;

/** A oneof; an optional field of proto3 has a synthetic one. */
public final class OneofElement extends Element {
  private final Features features;
  private final List<FieldElement> fields = new ArrayList<>();

  OneofElement(MessageElement message, int[] path, OneofDescriptorProto proto) {
    super(message.file(), message, path, proto.getName());
    this.features = message.features().with(proto.getOptions().getFeatures());
  }

  void add(FieldElement field) {
    fields.add(field);
  }

  public List<FieldElement> fields() {
    return fields;
  }

  public boolean isSynthetic() {
    return fields.size() == 1 && fields.getFirst().proto().getProto3Optional();
  }

  @Override
  public Features features() {
    return features;
  }
}
