# For the Makefile of a kext project: how to build its twin, the same sources as a shared object for this machine.
# SIMULATED_MAC is the folder that simulated-mac/Makefile built.
#
#	$(TWIN_CXX) -c file.cpp -o file.twin.o        (and -std= as the project has it)
#	$(TWIN_LINK) -o Driver.twin.so *.twin.o $(TWIN_LIBRARIES)

# One word to the shell, whatever the folder is called.
simulated_mac = '$(subst ','\'',$(value SIMULATED_MAC))/$(1)'

# No optimisation: a twin has to show a fault, not what an optimiser makes of it. Warnings are the other compile's.
TWIN_FLAGS := -O0 -g -fPIC -fasynchronous-unwind-tables -finstrument-functions -fno-omit-frame-pointer -fno-optimize-sibling-calls -fvisibility=hidden -fno-common \
	-fno-builtin -fno-delete-null-pointer-checks -ffreestanding -nostdlibinc -w -DKERNEL \
	-fno-color-diagnostics -ferror-limit=0 -isystem $(call simulated_mac,include)
TWIN_CC = sh $(call simulated_mac,twin/compile.sh) $(CC) $(TWIN_FLAGS)
TWIN_CXX = sh $(call simulated_mac,twin/compile.sh) $(CXX) $(TWIN_FLAGS) -fvisibility-inlines-hidden -fno-rtti -fno-exceptions -fno-threadsafe-statics
TWIN_LINK = $(CXX) -shared -nostdlib -fuse-ld=lld -Wl,-z,defs -Wl,-Bsymbolic -Wl,--hash-style=gnu \
	-Wl,--error-limit=0
TWIN_LIBRARIES := $(call simulated_mac,twin/support.o) $(call simulated_mac,libkernel.so) $(call simulated_mac,twin/libc.so.6)
