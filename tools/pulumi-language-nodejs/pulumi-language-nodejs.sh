#!/bin/sh
# The language host from Go, version 3.68, always starts ts-node, which costs a JavaScript program half a second. Later hosts
# obey `typescript: false` in Pulumi.yaml. This one gets the same instruction from the environment.
if [ "$PULUMI_NODEJS_TYPESCRIPT" = false ]; then
  set -- -typescript=false "$@"
fi
exec "${0%/*}/pulumi-language-nodejs-from-go" "$@"
