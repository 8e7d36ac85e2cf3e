# A workflow that pushes schemas, run as its runner would. Sourced by scripts/scenarios in an empty folder.
# shellcheck shell=bash
mkdir proto .workflows
cat >proto/order.proto <<EOF
syntax = "proto3";

package order.v1;

message Order {
  string order_id = 1;
}
EOF
cat >.workflows/schema-push.yml <<'EOF'
# .github/workflows/schema-push.yml
- name: Push schemas to Spoke
  run: |
    spoke push \
      -module ${{ github.repository }} \
      -version ${{ github.ref_name }} \
      -dir ./proto \
      -registry https://spoke.company.com
EOF

# What a runner does: takes the step's lines, fills in its context. The company's registry is ours.
run_workflow() {
  sed -n '/run: |/,$p' .workflows/schema-push.yml | tail -n +2 | sed \
    -e "s|\${{ github.repository }}|acme/shop|" \
    -e "s|\${{ github.ref_name }}|$1|" \
    -e "s|https://spoke.company.com|$SPOKE_REGISTRY|" >step
  bash -e step
}

run_workflow v1.0.0
run_workflow v1.0.0 # a run that is repeated changes nothing
echo 'message Refund {}' >>proto/order.proto
if run_workflow v1.0.0 2>refusal; then
  fail "a version was changed"
fi
expect_text refusal "versions never change"
run_workflow v1.1.0
spoke list -module acme/shop >versions
expect_text versions "v1.1.0"
spoke pull -module acme/shop -version v1.1.0 -dir ./service
expect_text service/order.proto "Refund"
