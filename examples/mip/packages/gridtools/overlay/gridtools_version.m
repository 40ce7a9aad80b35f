function v = gridtools_version()
%GRIDTOOLS_VERSION  The version of this package.

v = '0.2';
end
