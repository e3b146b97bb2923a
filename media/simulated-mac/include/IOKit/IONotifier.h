// What addMatchingNotification and registerInterest give: it is called until it is removed.
#pragma once

#include <libkern/c++/OSObject.h>

class IONotifier : public OSObject {
    OSDeclareAbstractStructors(IONotifier)

public:
    /// Ends the notification and gives the notifier's only reference back.
    virtual void remove() = 0;
    /// Whether it was enabled.
    virtual bool disable();
    virtual void enable(bool was) { enabled = was; }

KERNEL_PRIVATE:
    const OSSymbol *type;
    void *target, *ref;
    bool enabled;
};
