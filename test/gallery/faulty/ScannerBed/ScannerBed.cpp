// Scans pages; one program at a time holds the bed.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

/// The last page, line by line.
class ScannedPage : public OSObject {
    OSDeclareDefaultStructors(ScannedPage)

public:
    uint32_t lines;
};

class ScannerBed : public IOService {
    OSDeclareDefaultStructors(ScannerBed)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    void scanLine() { page->lines++; }

private:
    ScannedPage *page;
};

class ScannerBedUserClient : public IOUserClient {
    OSDeclareDefaultStructors(ScannerBedUserClient)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *, IOExternalMethodDispatch *, OSObject *,
                            void *) override;

private:
    ScannerBed *bed;
};

OSDefineMetaClassAndStructors(ScannedPage, OSObject)
OSDefineMetaClassAndStructors(ScannerBed, IOService)
OSDefineMetaClassAndStructors(ScannerBedUserClient, IOUserClient)

bool ScannerBed::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    page = OSTypeAlloc(ScannedPage);
    if (!page || !page->init())
        return false;
    registerService();
    return true;
}

void ScannerBed::stop(IOService *provider)
{
    OSSafeReleaseNULL(page);
    IOService::stop(provider);
}

bool ScannerBedUserClient::start(IOService *provider)
{
    bed = OSDynamicCast(ScannerBed, provider);
    if (!bed || !IOUserClient::start(provider))
        return false;
    return bed->open(this); // fault
}

void ScannerBedUserClient::stop(IOService *provider)
{
    if (bed->isOpen(this))
        bed->close(this);
    IOUserClient::stop(provider);
}

IOReturn ScannerBedUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn ScannerBedUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *, IOExternalMethodDispatch *,
                                              OSObject *, void *)
{
    if (selector != 0)
        return kIOReturnUnsupported;
    bed->scanLine();
    return kIOReturnSuccess;
}
