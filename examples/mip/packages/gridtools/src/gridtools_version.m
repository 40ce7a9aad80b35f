function v = gridtools_version()
%GRIDTOOLS_VERSION  The version of these sources.

v = 'development';
end
