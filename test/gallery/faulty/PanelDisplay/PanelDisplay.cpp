// The display in a panel: it needs the panel and, for its clock, the resources.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class PanelScreen : public IOService {
    OSDeclareDefaultStructors(PanelScreen)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    void show(const char *text) { setProperty("Text", text); }
};

class PanelDisplay : public IOService {
    OSDeclareDefaultStructors(PanelDisplay)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    bool addScreen();

    PanelScreen *screen;
};

OSDefineMetaClassAndStructors(PanelScreen, IOService)
OSDefineMetaClassAndStructors(PanelDisplay, IOService)

bool PanelScreen::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    show("ready");
    registerService();
    return true;
}

void PanelScreen::stop(IOService *provider)
{
    show("off");
    IOService::stop(provider);
}

bool PanelDisplay::addScreen()
{
    screen = OSTypeAlloc(PanelScreen);
    if (!screen || !screen->init())
        return false;
    if (!screen->attach(this))
        return false;
    if (!screen->attach(getResourceService())) // fault
        return false;
    return screen->start(this);
}

bool PanelDisplay::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    if (!addScreen()) {
        OSSafeReleaseNULL(screen);
        return false;
    }
    registerService();
    return true;
}

void PanelDisplay::stop(IOService *provider)
{
    OSSafeReleaseNULL(screen);
    IOService::stop(provider);
}
