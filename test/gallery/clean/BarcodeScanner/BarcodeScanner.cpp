// Reads bar codes. Keeps itself and its decoder alive from start() until the last of its references is given back.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// What the lines mean.
class BarcodeDecoder : public OSObject {
    OSDeclareDefaultStructors(BarcodeDecoder)

public:
    uint32_t decoded;
};

class BarcodeScanner : public IOService {
    OSDeclareDefaultStructors(BarcodeScanner)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    void free() override;

private:
    void giveBack();

    BarcodeDecoder *decoder;
    BarcodeDecoder *fallback;
};

OSDefineMetaClassAndStructors(BarcodeDecoder, OSObject)
OSDefineMetaClassAndStructors(BarcodeScanner, IOService)

bool BarcodeScanner::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    decoder = OSTypeAlloc(BarcodeDecoder);
    if (!decoder || !decoder->init())
        return false;
    // One decoder serves as both until another one is configured.
    decoder->retain();
    fallback = decoder;
    retain();
    registerService();
    return true;
}

void BarcodeScanner::stop(IOService *provider)
{
    IOService::stop(provider);
    release();
}

void BarcodeScanner::free()
{
    giveBack();
    IOService::free();
}

void BarcodeScanner::giveBack()
{
    OSSafeReleaseNULL(fallback);
    OSSafeReleaseNULL(decoder);
}
