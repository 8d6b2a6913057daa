# Habitué's only build file. `make help` lists the commands.
#
# Sources are found by folder, so adding a file edits no list. Objects lie outside the tree, one
# folder for each variant: plain (what people run), asan, tsan, cover, fuzz.

variant ?= plain
port    ?= 8080
MAKEFLAGS += --no-builtin-rules
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif

# ---- compilers and flags --------------------------------------------------------------------

CC  = gcc
CXX = g++
libraries = libmicrohttpd jansson sqlite3 libpq libsodium nettle libcurl icu-i18n icu-uc \
            libical xlsxwriter

# A warning stops the build in CI and for those who set DEV=1, but never a user's build: a
# compiler newer than ours may warn of more. So may ours, when it adds a sanitizer's calls.
werror := $(if $(CI)$(DEV),$(if $(filter plain,$(variant)),-Werror))

warnings   = -Wall -Wextra $(werror) -Wshadow -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla \
             -Wformat=2 -Wundef -Wdouble-promotion -Wconversion -Wno-sign-conversion \
             -Wswitch-enum -Wimplicit-fallthrough -Wnull-dereference
# What a table's row leaves out is zero, and zero is sensible: that is how the tables are written.
c_warnings = -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
             -Wno-missing-field-initializers

flags_plain = -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong
flags_asan  = -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
flags_tsan  = -O1 -fsanitize=thread -fno-omit-frame-pointer
flags_cover = -O0 --coverage
flags_fuzz  = -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
ifeq ($(variant),fuzz)
CC  = clang
CXX = clang++
endif

includes := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(libraries) 2>/dev/null))
common    = -g -fPIE -pthread -Isrc -Itests $(includes) \
            -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE $(flags_$(variant))
cflags    = -std=c17 $(common) $(warnings) $(c_warnings) $(CFLAGS)
cxxflags  = -std=c++17 $(common) $(warnings) $(CXXFLAGS)
ldflags   = -pie -pthread -Wl,-z,relro,-z,now -Wl,--as-needed $(flags_$(variant)) $(LDFLAGS)
libs     := $(shell pkg-config --libs $(libraries) 2>/dev/null) -lphonenumber -lm

# ---- what there is --------------------------------------------------------------------------

obj = build/obj/$(variant)
out = $(if $(filter plain,$(variant)),build,build/$(variant))

src_all    := $(shell find src -name '*.c' -o -name '*.cpp' 2>/dev/null)
src_test   := $(filter %_test.c,$(src_all))
src_lib    := $(filter-out $(src_test) src/server/main.c,$(src_all))
src_main   := $(wildcard src/server/main.c)
# Generated sources are compiled once the header that declares their struct is there.
src_gen    := $(if $(wildcard src/db/migrate.h),build/gen/migrations.c) \
              $(if $(wildcard src/base/words.h),build/gen/words.c) \
              $(if $(wildcard src/http/web_files.h),build/gen/web_files.c)
# replay.c has a main, where libFuzzer brings its own.
src_help   := $(filter-out $(if $(filter fuzz,$(variant)),%/replay.c),$(wildcard tests/support/*.c))
src_fuzz   := $(wildcard tests/fuzz/fuzz_*.c)
src_bench  := $(wildcard bench/*.c)
src_tort   := $(wildcard tests/torture/*.c)
migrations := $(sort $(wildcard src/db/migrations/*.sql))
src_web    := $(shell find web -type f -not -path 'web/dist/*' -not -path '*/node_modules/*' \
                      2>/dev/null)

object   = $(addprefix $(obj)/,$(addsuffix .o,$(basename $(1))))
library  = $(obj)/libhabitue.a
support  = $(obj)/libsupport.a
tests    = $(addprefix $(out)/tests/,$(notdir $(basename $(src_test))))
fuzzers  = $(addprefix $(out)/fuzz/,$(notdir $(basename $(src_fuzz))))
tools    = $(addprefix $(out)/bench/,$(notdir $(basename $(src_bench)))) \
           $(addprefix $(out)/torture/,$(notdir $(basename $(src_tort))))

# ---- commands -------------------------------------------------------------------------------

.DEFAULT_GOAL := all
.PHONY: all install web tests fuzzers programs run test check asan tsan fuzz bench sim torture \
        fresh cover fmt screens styleguide tidy clang gen clean help FORCE
.SECONDARY:
.DELETE_ON_ERROR:

all: ## installs what is missing, builds build/habitue with the web apps in it
	@tools/install build
	@$(MAKE) --no-print-directory web
	@$(MAKE) --no-print-directory build/habitue

run: ## builds, fills a demo database if there is none, serves http://localhost:8080 (port=N)
	@PORT=$${PORT:-$(port)} exec tools/run

test: ## everything CI runs, on both engines; m=ledger: one module's tests
	@tools/install build test
	@tests/run $(m)

check: ## the static checks alone: format, layers, sizes, SQL, routes, words
	@tools/install build test
	@tools/check

asan: ## the C tests under the address and undefined-behaviour sanitizers
	@tools/install build test
	@tests/run --variant asan $(m)

tsan: ## the C tests under the thread sanitizer
	@tools/install build test
	@tests/run --variant tsan $(m)

fuzz: ## one fuzz target for some seconds: t=money s=60
	@tools/fuzz "$(t)" "$(or $(s),60)"

bench: ## measures, prints a table, writes build/bench.json (quick=1: sooner, less)
	@tools/install build test && $(MAKE) --no-print-directory build/habitue programs && bench/run

sim: ## a shop's real orders, played through a server: orders=FILE.csv (prices= speed= seed=)
	@tools/install build && $(MAKE) --no-print-directory build/habitue && tests/sim/run

torture: ## kills, faults and long simulations; takes a while
	@tools/install build test && $(MAKE) --no-print-directory build/habitue programs
	@tests/torture/run

fresh: ## `make run` and `make test` in a bare Debian 12 (needs root)
	@tools/fresh

screens: ## every screen of every app as pictures, in build/screens (app=tablet: one app)
	@tools/install build test
	@$(MAKE) --no-print-directory web && $(MAKE) --no-print-directory build/habitue
	@tools/npm-ci tests && node tests/screens.mjs build/screens $(app)

styleguide: ## every shared piece of the apps in all its states, in a browser
	@tools/npm-ci web && cd web && npx vite --open /styleguide/

cover: ## line and branch coverage of the C tests, in build/cover
	@tools/install build test
	@tests/run --variant cover $(m)
	@tools/cover

fmt: ## formats the sources: C with clang-format, JavaScript and Svelte with prettier
	@find src tests bench \( -name '*.[ch]' -o -name '*.cpp' \) -not -path '*/node_modules/*' \
	    2>/dev/null | xargs -r clang-format -i
	@tools/npm-ci web
	@cd web && node_modules/.bin/prettier --config .prettierrc.json --log-level warn --write \
	    . '../tests/**/*.mjs'

tidy: ## clang-tidy over the C sources; slow
	@clang-tidy --quiet $(filter %.c,$(src_lib) $(src_main)) -- -std=c17 -Isrc $(includes)

clang: ## the C sources pass clang's warnings, too
	@printf '%s\n' $(filter %.c,$(src_all) $(src_help) $(src_bench) $(src_tort)) | \
	    xargs -P $$(nproc) -n 8 clang $(cflags) -Werror -Wno-string-conversion -fsyntax-only

gen: build/gen/migrations.c build/gen/words.c build/gen/web_files.c ## the generated C sources

clean: ## removes what was built
	rm -rf build web/dist

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

# ---- building -------------------------------------------------------------------------------

# One short line for each step; V=1 shows the whole commands.
Q   = $(if $(V),,@)
say = $(if $(V),,@printf '%-8s %s\n' $(1) $@)

web: build/web.stamp
	@:
tests: $(tests)
fuzzers: $(fuzzers)
programs: $(tools)

$(out)/habitue: $(call object,$(src_main)) $(library)
	@mkdir -p $(@D)
	$(call say,link)
	$(if $(src_main),$(Q)$(CXX) $(ldflags) -o $@ $^ $(libs),@echo "no src/server/main.c yet")

$(library): $(call object,$(src_lib) $(src_gen))
	@mkdir -p $(@D) && rm -f $@
	$(Q)ar rcs $@ $^

$(support): $(call object,$(src_help))
	@mkdir -p $(@D) && rm -f $@
	$(Q)ar rcs $@ $^

# The folder of a program's source is not part of the program's name.
define program =
$(out)/$(1)/$(notdir $(basename $(2))): $(call object,$(2)) $$(support) $$(library)
	@mkdir -p $$(@D)
	$$(call say,link)
	$$(Q)$$(CXX) $$(ldflags) $(3) -o $$@ $$^ $$(libs)
endef
$(foreach s,$(src_test),$(eval $(call program,tests,$(s))))
$(foreach s,$(src_bench),$(eval $(call program,bench,$(s))))
$(foreach s,$(src_tort),$(eval $(call program,torture,$(s))))
# Only clang has the fuzzing engine; elsewhere tests/support/replay.c gives the inputs one by one.
fuzzer = $(if $(filter fuzz,$(variant)),-fsanitize=fuzzer)
$(foreach s,$(src_fuzz),$(eval $(call program,fuzz,$(s),$(fuzzer))))

$(obj)/%.o: %.c $(obj)/flags
	@mkdir -p $(@D)
	$(call say,$(CC))
	$(Q)$(CC) $(cflags) -MMD -MP -c -o $@ $<

$(obj)/%.o: %.cpp $(obj)/flags
	@mkdir -p $(@D)
	$(call say,$(CXX))
	$(Q)$(CXX) $(cxxflags) -MMD -MP -c -o $@ $<

# Changes only when the flags do, so that another set of flags rebuilds everything.
$(obj)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(filter-out -Werror,$(cflags) $(cxxflags))' | cmp -s - $@ || \
	    echo '$(filter-out -Werror,$(cflags) $(cxxflags))' > $@

# The generators write only when something changed.
build/gen/migrations.c: tools/embed_migrations.py $(migrations) FORCE
	@python3 $< $@ $(migrations)

build/gen/words.c: tools/embed_words.py $(wildcard po/*.po) FORCE
	@python3 $< $@ $(wildcard po/*.po)

build/gen/web_files.c: tools/embed_web.py FORCE
	@python3 $< $@ web/dist

build/web.stamp: $(src_web)
	@mkdir -p $(@D)
	$(if $(wildcard web/package.json),tools/npm-ci web && cd web && npm run --silent build)
	@touch $@

-include $(patsubst %.o,%.d,$(call object,$(src_all) $(src_gen) $(src_help) $(src_fuzz) \
                                            $(src_bench) $(src_tort)))
