# Functions of the scripts in this folder. The scripts run with -euo pipefail, and read this file.

# the modules whose pom sets maven.deploy.skip to false, separated by commas
published_modules() {
  grep -l '<maven.deploy.skip>false</maven.deploy.skip>' "$1"/*/pom.xml | xargs -n 1 dirname | xargs -n 1 basename | paste -sd,
}

# clones a commit into a new folder, and sets the version there
clone() { # repository commit version folder
  git clone --quiet --no-checkout "$1" "$4"
  git -C "$4" checkout --quiet --detach "$2"
  find "$4" -name pom.xml -not -path '*/target/*' -print0 | xargs -0 sed -i "s|<version>$(version "$4")</version>|<version>$3</version>|"
}

# the version of the parent pom
version() {
  sed -n '/<artifactId>lattestream-parent<\/artifactId>/{n;s|.*<version>\(.*\)</version>.*|\1|p}' "$1/pom.xml"
}

maven() {
  (cd "$1" && shift && mvn --batch-mode --no-transfer-progress --quiet "$@")
}

step() {
  echo
  echo "== $*"
}
